import type { KnownIds } from './known.js';
import { at } from './known.js';
import type { LoadedContent } from '../load/loaded.js';
import { factFaults, tokenFaults } from './question.js';
import type { Fault } from '../schema/types.js';

/** Each role appears once, and its courses and facts exist. */
export function cardFaults(content: LoadedContent, known: KnownIds): Fault[] {
  const source = content.cards;
  if (!source) return [];
  const { cards } = source.value;
  const courses = new Set(content.courses.map(({ value }) => value.slug));
  return [
    ...cards.flatMap(({ role, courses: named, facts }, c) => [
      ...(cards.findIndex(each => each.role === role) === c
        ? []
        : [at(source, ['cards', c, 'role'], `${role} appears twice.`, 'Keep one of the two.')]),
      ...named.flatMap((course, n) =>
        courses.has(course)
          ? []
          : [
              at(
                source,
                ['cards', c, 'courses', n],
                `There is no course "${course}".`,
                'Name one from courses/.',
              ),
            ],
      ),
      ...factFaults(source, facts, ['cards', c, 'facts'], known),
    ]),
    ...tokenFaults(source, source.value, []),
  ];
}
