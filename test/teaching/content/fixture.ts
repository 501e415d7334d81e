import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadContent } from '../../../server/teaching/content/load/load.js';
import type { Content, Fault } from '../../../server/teaching/content/schema/types.js';

/** A content folder as file name → text: one module, one course, all in order. */
export type Files = Record<string, string>;

export const lesson = `---
title: Places
lead: A place can play three parts.
objectives: [M2-O1]
facts: [F001]
teaches: [S12]
minutes: 2
optional: false
summary:
  - One.
  - Two.
  - Three.
tomorrow: Note the time.
checks:
  - id: M2-C01
    stem: What may a place be?
    options:
      - { id: a, text: Source, feedback: It may. }
      - { id: b, text: Nothing, feedback: It may. }
    key: a
---
A place can be a source [F001]. Call {{hotline.primary}}.

## Three parts

See [the same lesson](lesson:routes/00-essentials).

{{check M2-C01}}

::: do
- Note the time.
:::

::: do-not
- Follow anybody.
:::
`;

const item = (number: number, critical: string): string => `  - id: M2-00${number}
    objective: M2-O1
    level: apply
    type: single
    depth: ${number === 3 ? 'full' : 'essentials'}
    critical: ${critical}
    stem: You sell tickets. What do you do first in case ${number}?
    options:
      - { id: a, text: Tell the supervisor, feedback: The line knows. }
      - { id: b, text: Ask the child, feedback: It may harm. }
      - { id: c, text: Follow the adult, feedback: It may harm. }
    key: [a]
    facts: [F001]
`;

export const scenario = `id: M2-S
title: Third time
role: ticket seller
judgement: concern
opening: You sell tickets.
start: n1
nodes:
  - id: n1
    text: A man buys two tickets.
    question: What do you do?
    choices:
      - { id: a, text: Serve him, quality: best, result: He goes., reason: It is your job., next: n2 }
      - { id: b, text: Shout, quality: unsafe, never: never-1, result: He runs., reason: Danger., better: Stay calm., next: e1 }
  - id: n2
    text: He comes back.
    question: And now?
    choices:
      - { id: a, text: Report, quality: best, result: Heard., reason: It is the line., next: e1 }
      - { id: b, text: Wait, quality: weak, result: He goes., reason: Time is lost., better: Report., next: e1 }
endings:
  - { id: e1, kind: passed-on, text: You passed it on. }
`;

export function files(): Files {
  return {
    'routes/module.yaml':
      'code: M2\ntitle: Routes\nsummary: Places.\nobjectives:\n  - { id: M2-O1, text: Explain places. }\n',
    'routes/lessons/00-essentials.md': lesson,
    'routes/quiz.yaml': `items:\n${item(1, 'never-2')}${item(2, 'false')}${item(3, 'false')}`,
    'routes/scenario.yaml': scenario,
    'routes/review.yaml': 'reviews:\n  - { role: legal, status: missing }\n',
    'courses/volunteers.yaml': `slug: volunteers
title: Volunteers
audience: Volunteers.
summary: A course.
restricted: false
validity: { months: 24, snap: none }
budget: { min: 0, max: 90 }
criteria: The person finished the course.
certificate:
  subject: noticing what matters
  showed: The holder showed how to notice what matters.
modules:
  - module: routes
    group: core
    depth: essentials
    lessons: [00-essentials]
    quiz: { draw: 2, pass: 1, minCritical: 1 }
`,
    'facts.yaml':
      'facts:\n  - { id: F001, statement: A place may be a source., status: verified, source: A report, publisher: UN, year: 2020, checked: 2026-11-24 }\n',
    'hotlines.yaml':
      'notice: Confirm.\ncountries:\n  - code: INT\n    name: Elsewhere\n    emergency: { numbers: [], note: Call the local number. }\n    lines: []\n',
    'glossary.yaml': 'terms:\n  - { id: child, term: child, meaning: A person under 18. }\n',
    'seeds.yaml': 'seeds:\n  - { id: S12, point: Three parts., taughtIn: [routes], testedBy: [M2-O1] }\n',
  };
}

/** The files, with a scene in each question: a course that asks for the job draws no others. */
export const withScenes = (tree: Files = files()): Files =>
  Object.fromEntries(
    Object.entries(tree).map(([name, text]) => [
      name,
      name.endsWith('quiz.yaml')
        ? text.replaceAll('    critical:', '    scene: anywhere\n    critical:')
        : text,
    ]),
  );

/** Writes the files to a folder of their own, hands its path to `use`, and removes it. */
export function withFolder<T>(tree: Files, use: (root: string) => T): T {
  const root = mkdtempSync(join(tmpdir(), 'content-'));
  try {
    for (const [name, text] of Object.entries(tree)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    }
    return use(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** The faults of the sound folder after one file was changed. */
export function faultsAfter(file: string, change: (text: string) => string): Fault[] {
  const tree = files();
  return faultsOf({ ...tree, [file]: change(tree[file] ?? '') });
}

export function faultsOf(tree: Files): Fault[] {
  const result = withFolder(tree, loadContent);
  return result.ok ? [] : result.faults;
}

export function sound(tree: Files = files()): Content {
  const result = withFolder(tree, loadContent);
  if (!result.ok) throw new Error(JSON.stringify(result.faults, null, 1));
  return result.content;
}

/** The line of the first occurrence of `text` in a file, counted from 1. */
export function lineOf(source: string, text: string): number {
  return source.slice(0, source.indexOf(text)).split('\n').length;
}
