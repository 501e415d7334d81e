import { expect } from 'chai';
import { checkContent } from '../../../server/workshop/content-check/check.js';
import { mayEndUnheard } from '../../../server/teaching/questions/types/scenario/unheard.js';
import { buildCourseVersion } from '../../../server/teaching/content/snapshot.js';
import { UNHEARD_TEXT } from '../../teaching/questions/case-samples.js';
import { faultsOf, files, lineOf, scenario, sound, type Files } from '../../teaching/content/fixture.js';

const UNHEARD = `${scenario
  .replace('next: e1 }', 'next: e1, unheard: e9 }')
  .trimEnd()}\n  - { id: e9, kind: unheard, text: "${UNHEARD_TEXT}" }\n`;
const SWITCHED = UNHEARD.replace('start: n1', 'endsUnheard: true\nstart: n1');
const READ = 'reviews:\n  - { role: survivor leader, status: done, by: A. Reader, on: 2026-11-28 }\n';
const MISSING = 'reviews:\n  - { role: survivor leader, status: missing }\n';
const OTHER = READ.replace('survivor leader', 'subject expert');

const withCase = (text: string, review = MISSING): Files => ({
  ...files(),
  'routes/scenario.yaml': text,
  'routes/review.yaml': review,
});

const caseIn = (tree: Files) => buildCourseVersion(sound(tree), 'volunteers').snapshot.modules[0]?.scenario;

describe('the switch of a case that may end without the child being found', () => {
  it('is refused until a survivor leader has read it', () => {
    for (const review of [MISSING, OTHER]) {
      const faults = faultsOf(withCase(SWITCHED, review));
      expect(faults.map(({ file, line }) => [file, line])).to.deep.equal([
        ['routes/scenario.yaml', lineOf(SWITCHED, 'endsUnheard')],
      ]);
    }
    expect(faultsOf(withCase(SWITCHED, READ))).to.deep.equal([]);
  });

  it('is off without a word: the version of the course is that of content without the ending', () => {
    const digest = (tree: Files) => buildCourseVersion(sound(tree), 'volunteers').sha256;
    expect(digest(withCase(UNHEARD))).to.equal(digest(withCase(scenario)));
    expect(digest(withCase(SWITCHED, READ))).to.not.equal(digest(withCase(scenario, READ)));
  });

  it('puts the ending in the version of the course', () => {
    const played = caseIn(withCase(SWITCHED, READ));
    expect(played && mayEndUnheard(played)).to.equal(true);
    expect(played?.nodes[0]?.choices[1]?.next).to.equal('e9');
  });

  it('is for practice alone: a case of the final must not end so', () => {
    const final = UNHEARD.replace('id: M2-S', 'id: EX-S1\nobjective: M2-O1');
    const quiz = files()['routes/quiz.yaml']?.replaceAll('id: M2-', 'id: EX-') ?? '';
    const tree = (text: string) => ({
      ...files(),
      'final/quiz.yaml': quiz,
      'final/scenarios/EX-S1.yaml': text,
    });
    expect(faultsOf(tree(final)).map(({ file, line }) => [file, line])).to.deep.equal([
      ['final/scenarios/EX-S1.yaml', lineOf(final, 'kind: unheard')],
    ]);
    expect(faultsOf(tree(scenario.replace('id: M2-S', 'id: EX-S1\nobjective: M2-O1')))).to.deep.equal([]);
  });
});

/** Content whose course has these modules, whose cases may all end so, each with a lesson on an objective of its own. */
function withModules(slugs: readonly string[], unheard: readonly string[], taught: string): Files {
  const own = (text: string, n: number) =>
    text.replaceAll('M2-', `M${n}-`).replaceAll('routes', slugs[n - 1] ?? '');
  const tree = files();
  const modules = slugs.flatMap((slug, at) => {
    const n = at + 1;
    const texts = {
      'module.yaml': own(tree['routes/module.yaml'] ?? '', n).replace('code: M2', `code: M${n}`),
      'quiz.yaml': own(tree['routes/quiz.yaml'] ?? '', n),
      'review.yaml': tree['routes/review.yaml'] ?? '',
      'scenario.yaml': own(unheard.includes(slug) ? UNHEARD : scenario, n),
      'lessons/00-essentials.md': own(tree['routes/lessons/00-essentials.md'] ?? '', n),
    };
    return Object.entries(texts).map(([name, text]) => [`${slug}/${name}`, text] as const);
  });
  const others = Object.entries(tree).filter(([name]) => !name.startsWith('routes/'));
  const course = tree['courses/volunteers.yaml'] ?? '';
  const entry = course.slice(course.indexOf('  - module: routes'));
  const entries = slugs.map(slug => entry.replace('routes', slug)).join('');
  return {
    ...Object.fromEntries([...others, ...modules]),
    'courses/volunteers.yaml': course.replace(entry, entries),
    'seeds.yaml': `seeds:\n  - { id: S12, point: Three parts., taughtIn: [${slugs.join(', ')}], testedBy: [M1-O1] }\n`,
    'remediation.yaml': remediation(taught),
  };
}

const remediation = (objective: string): string => `rules:
  - rule: never-1
    text: Never confront.
    why: It may put a child in danger.
    objectives: [${objective}]
    facts: []
    example: { situation: A man waits., action: Tell the line., reason: They know what to do. }
    items:
${[1, 2]
  .map(
    n => `      - id: RM-10${n}
        stem: Somebody asks you for the number ${n} bus and leaves. What now?
        options:
          - { id: a, text: Tell, feedback: It helps. }
          - { id: b, text: Shout, feedback: It does not. }
          - { id: c, text: Run, feedback: It does not. }
        key: a
`,
  )
  .join('')}`;

const lineAsDepth = (_file: string, path: readonly unknown[]): number => path.length;

/** What the check finds because of these cases, as `file:depth` of the place in the file. */
function found(slugs: readonly string[], unheard: readonly string[], taught: string): string[] {
  const faultsWith = (ending: readonly string[]) =>
    checkContent(sound(withModules(slugs, ending, taught)), { now: 0, lineOf: lineAsDepth }).faults;
  const before = new Set(faultsWith([]).map(({ problem }) => problem));
  return faultsWith(unheard)
    .filter(({ problem }) => !before.has(problem))
    .map(({ file, line }) => `${file}:${line}`);
}

describe('content check on cases that may end without the child being found', () => {
  const COURSE = 'courses/volunteers.yaml:2';
  it('has nothing to say of one later case that a lesson of its module prepares for', () => {
    expect(found(['one', 'two', 'three'], ['two'], 'M2-O1')).to.deep.equal([]);
  });

  it('refuses it in the first case of a course', () => {
    expect(found(['one', 'two'], ['one'], 'M1-O1')).to.deep.equal([COURSE]);
  });

  it('refuses a second one in a course', () => {
    const both = found(['one', 'two', 'three'], ['two', 'three'], 'M2-O1');
    expect(both).to.deep.equal([COURSE, 'three/scenario.yaml:5']);
  });

  it('refuses it after what no lesson of the module teaches', () => {
    expect(found(['one', 'two'], ['two'], 'M1-O1')).to.deep.equal(['two/scenario.yaml:5']);
  });
});
