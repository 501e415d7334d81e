import { keyFaults } from '../../questions/item-faults.js';
import type { KnownIds } from './known.js';
import { at } from './known.js';
import { hotlineTokens } from '../load/lesson-body.js';
import type { Fault } from '../schema/types.js';
import type { Item } from '../../questions/item.js';
import type { LoadedFile } from '../load/validation.js';
import type { Path } from '../load/yaml-source.js';

/** Items name objectives and facts that exist, and jobs that work where they play. What they must keep by themselves is their type's schema. */
export function itemsFaults(
  quiz: LoadedFile<{ items: Item[] }>,
  objectives: Set<string>,
  known: KnownIds,
): Fault[] {
  return quiz.value.items.flatMap((item, i) => [
    ...(objectives.has(item.objective)
      ? []
      : [
          at(
            quiz,
            ['items', i, 'objective'],
            `The objective ${item.objective} does not exist.`,
            'Name one of module.yaml.',
          ),
        ]),
    ...factFaults(quiz, item.facts, ['items', i, 'facts'], known),
    ...tokenFaults(quiz, item, ['items', i]),
    ...sceneFaults(quiz, item, ['items', i]),
  ]);
}

/** What plays anywhere is for every job, and what plays in one place is for the jobs that work there. */
export function sceneFaults(
  file: LoadedFile<unknown>,
  { id, scene, roles }: Pick<Item, 'id' | 'scene' | 'roles'>,
  path: Path,
): Fault[] {
  if (scene === undefined || (scene === 'anywhere') === (roles === undefined)) return [];
  return [
    roles
      ? at(
          file,
          [...path, 'roles'],
          `${id} plays anywhere, and is for some jobs alone.`,
          'Leave out its roles, or say where it plays.',
        )
      : at(
          file,
          [...path, 'scene'],
          `${id} plays at one place, and names no jobs.`,
          'Name the jobs that work there in its roles.',
        ),
  ];
}

/** Facts exist and may be used. */
export function factFaults(
  source: LoadedFile<unknown>,
  ids: readonly string[],
  path: Path,
  known: KnownIds,
): Fault[] {
  return ids.flatMap((id, f) => {
    if (known.banned.has(id))
      return [at(source, [...path, f], `${id} must not be used.`, 'Remove it and what it says.')];
    if (!known.facts || known.facts.has(id)) return [];
    return [
      at(
        source,
        [...path, f],
        `The fact ${id} does not exist.`,
        'Name a fact of facts.yaml, or add it there.',
      ),
    ];
  });
}

/** What of a question's options and key does not hold together, in a file that holds more than questions. */
export const choiceFaults = (
  source: LoadedFile<unknown>,
  question: { id: string; options: { id: string }[]; key: string },
  path: Path,
): Fault[] =>
  keyFaults(question, [question.key]).map(fault =>
    at(source, [...path, ...fault.path], fault.problem, fault.fix),
  );

export const tokenFix = `Use one of: ${hotlineTokens.map(name => `{{${name}}}`).join(', ')}.`;

/** Texts outside lesson bodies may hold hotline tokens too, and no other. */
export function tokenFaults(source: LoadedFile<unknown>, value: unknown, path: Path): Fault[] {
  if (typeof value === 'string')
    return [...value.matchAll(/\{\{([^{}]*)\}\}/g)].flatMap(([, name = '']) =>
      hotlineTokens.includes(name) ? [] : [at(source, path, `{{${name}}} is not known.`, tokenFix)],
    );
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    tokenFaults(source, member, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}
