import type { LoadedContent } from '../load/loaded.js';
import type { Path } from '../load/yaml-source.js';
import type { Fault } from '../schema/types.js';
import type { KnownIds } from './known.js';
import { at } from './known.js';

/** The rules of one file, and one of them. */
type RulesFile = LoadedContent['regulations'][number];
type Rule = RulesFile['value']['rules'][number];

/** Everything that the map of rules names exists, each rule stands in it once, and what it claims has topics behind it. */
export function regulationFaults(content: LoadedContent, known: KnownIds): Fault[] {
  const courses = new Set(content.courses.map(({ value }) => value.slug));
  const gaps = new Set<string>(content.gaps?.value.gaps.map(({ id }) => id));
  const sets = { ...known, courses, gaps };
  const all = content.regulations.flatMap(({ value }) => value.rules);
  return [
    ...content.regulations.flatMap(file =>
      file.value.rules.flatMap((rule, r) => [
        ...namedFaults(file, rule, r, sets),
        ...claimFaults(file, rule, r),
        ...(all.find(({ id }) => id === rule.id) === rule
          ? []
          : [at(file, ['rules', r, 'id'], `The rule ${rule.id} appears twice.`, 'Keep one of the two.')]),
      ]),
    ),
    ...gapFaults(content.gaps, known),
    ...content.courses.flatMap(file => supportFaults(file, all)),
  ];
}

/** A certificate says no more of a rule than its entry does. */
const supportFaults = (file: LoadedContent['courses'][number], rules: readonly Rule[]): Fault[] =>
  (file.value.supports ?? []).flatMap(({ rule: id, claim }, s) => {
    const path = ['supports', s, 'rule'];
    if (id === undefined) return [];
    const rule = rules.find(each => each.id === id);
    if (!rule) return [at(file, path, `There is no rule "${id}".`, 'Name one that exists.')];
    if (!rule.courses.includes(file.value.slug))
      return [
        at(
          file,
          path,
          `${id} does not name this course.`,
          'Add the course to the rule, or remove the rule here.',
        ),
      ];
    return rule.claim === claim
      ? []
      : [at(file, path, `${id} says "${rule.claim}", not "${claim}".`, 'Claim what the rule says.')];
  });

type Sets = Pick<KnownIds, 'objectives' | 'lessons' | 'items'> & {
  readonly courses: ReadonlySet<string>;
  readonly gaps: ReadonlySet<string>;
};

function namedFaults(file: RulesFile, rule: Rule, r: number, known: Sets): Fault[] {
  const missing = (what: string, ids: readonly string[], among: ReadonlySet<string>, path: Path): Fault[] =>
    ids.flatMap((id, i) =>
      among.has(id) ? [] : [at(file, [...path, i], `There is no ${what} "${id}".`, 'Name one that exists.')],
    );
  return [
    ...missing('course', rule.courses, known.courses, ['rules', r, 'courses']),
    ...missing('gap', rule.gaps, known.gaps, ['rules', r, 'gaps']),
    ...rule.topics.flatMap((topic, t) => {
      const path = ['rules', r, 'topics', t];
      return [
        ...missing('objective', topic.objectives, known.objectives, [...path, 'objectives']),
        ...missing('lesson', topic.lessons, known.lessons, [...path, 'lessons']),
        ...missing('question', topic.items, known.items, [...path, 'items']),
        ...missing('gap of this rule', topic.gaps, new Set(rule.gaps), [...path, 'gaps']),
      ];
    }),
  ];
}

/** A claim says no more than the topics: "supports" has no gap of ours, one with a gap names it, one that waits names for whom. */
function claimFaults(file: RulesFile, { id, claim, gaps, topics, approval }: Rule, r: number): Fault[] {
  const fault = (problem: string, fix: string) => [at(file, ['rules', r, 'claim'], `${id}: ${problem}`, fix)];
  if (claim === 'supports-with-gap' && gaps.length === 0)
    return fault('the gap is not named.', 'List it under gaps, or claim "supports".');
  if (claim === 'after-approval' && approval === null)
    return fault('no one is named to approve the content.', 'Name them under approval.');
  const isCarried = topics.some(({ objectives }) => objectives.length > 0);
  if (claim.startsWith('supports') && !isCarried)
    return fault('no objective covers what it asks for.', 'List topics with objectives, or claim "context".');
  return [];
}

const gapFaults = (file: LoadedContent['gaps'], { lessons }: KnownIds): Fault[] =>
  (file?.value.gaps ?? []).flatMap(({ lessons: named }, g) =>
    named.flatMap((lesson, l) =>
      file && !lessons.has(lesson)
        ? [at(file, ['gaps', g, 'lessons', l], `There is no lesson "${lesson}".`, 'Name one that exists.')]
        : [],
    ),
  );
