import type { KnownIds } from './known.js';
import { at } from './known.js';
import type { LoadedContent } from '../load/loaded.js';
import { choiceFaults, factFaults, tokenFaults } from './question.js';
import type { Fault } from '../schema/types.js';

/** Each rule appears once; what it names exists; the key of each practice question is one of its options. */
export function remediationFaults(content: LoadedContent, known: KnownIds): Fault[] {
  const source = content.remediation;
  if (!source) return [];
  const { rules } = source.value;
  const courses = new Set(content.courses.map(({ value }) => value.slug));
  return [
    ...rules.flatMap(({ rule, objectives, facts, notes, items }, r) => {
      const path = ['rules', r];
      return [
        ...(rules.findIndex(each => each.rule === rule) === r
          ? []
          : [at(source, [...path, 'rule'], `${rule} appears twice.`, 'Keep one of the two.')]),
        ...objectives.flatMap((id, o) =>
          known.objectives.has(id)
            ? []
            : [
                at(
                  source,
                  [...path, 'objectives', o],
                  `The objective ${id} does not exist.`,
                  'Name one from a module.yaml.',
                ),
              ],
        ),
        ...factFaults(source, facts, [...path, 'facts'], known),
        ...notes.flatMap(({ course }, n) =>
          courses.has(course)
            ? []
            : [
                at(
                  source,
                  [...path, 'notes', n, 'course'],
                  `There is no course "${course}".`,
                  'Name one from courses/.',
                ),
              ],
        ),
        ...items.flatMap((item, i) => choiceFaults(source, item, [...path, 'items', i])),
      ];
    }),
    ...tokenFaults(source, source.value, []),
  ];
}
