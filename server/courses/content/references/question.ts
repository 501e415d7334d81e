import type { Known } from './known.js';
import { at } from './known.js';
import { hotlineTokens } from '../load/lesson-body.js';
import type { Fault, Item } from '../schema/types.js';
import type { Loaded } from '../load/validation.js';
import type { Path } from '../load/yaml-source.js';

/** Items name objectives, facts and options that exist. */
export function itemsFaults(quiz: Loaded<{ items: Item[] }>, objectives: Set<string>, known: Known): Fault[] {
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
    ...('options' in item ? keyFaults(quiz, item, item.key, ['items', i]) : []),
    ...factFaults(quiz, item.facts, ['items', i, 'facts'], known),
    ...multipleFaults(quiz, item, i),
    ...orderingFaults(quiz, item, i),
    ...matchingFaults(quiz, item, i),
    ...reportFaults(quiz, item, i),
    ...tokenFaults(quiz, item, ['items', i]),
  ]);
}

/** Facts exist and may be used. */
export function factFaults(source: Loaded<unknown>, ids: string[], path: Path, known: Known): Fault[] {
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

type Question = { id: string; options: { id: string }[] };

/** The key names options that exist, each once, and no option id is used twice. */
export function keyFaults(source: Loaded<unknown>, question: Question, key: string[], path: Path): Fault[] {
  const ids = question.options.map(option => option.id);
  return [
    ...(new Set(ids).size === ids.length
      ? []
      : [
          at(
            source,
            [...path, 'options'],
            `${question.id} has two options with one id.`,
            'Give each option its own letter.',
          ),
        ]),
    ...(new Set(key).size === key.length
      ? []
      : [at(source, [...path, 'key'], `${question.id} names a key twice.`, 'Name each right option once.')]),
    ...key.flatMap(id =>
      ids.includes(id)
        ? []
        : [
            at(
              source,
              [...path, 'key'],
              `The key "${id}" of ${question.id} is not one of its options.`,
              `Name one of: ${ids.join(', ')}.`,
            ),
          ],
    ),
  ];
}

const counts = new Map([
  [2, 'two'],
  [3, 'three'],
]);

/** A multiple-response item says how many to choose, and has at least two wrong options. */
function multipleFaults(quiz: Loaded<unknown>, item: Item, i: number): Fault[] {
  if (item.type !== 'multiple') return [];
  const word = counts.get(item.key.length);
  return [
    ...(item.options.length - item.key.length >= 2
      ? []
      : [
          at(
            quiz,
            ['items', i, 'options'],
            `${item.id} has fewer than two wrong options.`,
            'Add a wrong option.',
          ),
        ]),
    ...(word && new RegExp(`\\b${word}\\b`, 'i').test(item.stem)
      ? []
      : [
          at(
            quiz,
            ['items', i, 'stem'],
            `${item.id} does not say how many to choose.`,
            `End the stem with "Choose ${word ?? 'two'}."`,
          ),
        ]),
  ];
}

/** The key of an ordering item is the whole order. */
function orderingFaults(quiz: Loaded<unknown>, item: Item, i: number): Fault[] {
  if (item.type !== 'ordering' || item.key.length === item.options.length) return [];
  return [
    at(
      quiz,
      ['items', i, 'key'],
      `The key of ${item.id} does not name every step.`,
      'Name all steps in the right order.',
    ),
  ];
}

/** A matching item has one option to spare, and a key for each prompt. */
function matchingFaults(quiz: Loaded<unknown>, item: Item, i: number): Fault[] {
  if (item.type !== 'matching') return [];
  const ids = item.prompts.map(({ id }) => id);
  return [
    ...(new Set(ids).size === ids.length
      ? []
      : [
          at(
            quiz,
            ['items', i, 'prompts'],
            `${item.id} has two prompts with one id.`,
            'Give each prompt its own letter.',
          ),
        ]),
    ...(item.options.length === ids.length + 1
      ? []
      : [
          at(
            quiz,
            ['items', i, 'options'],
            `${item.id} has ${item.options.length} options for ${ids.length} prompts.`,
            'Write one option more than prompts.',
          ),
        ]),
    ...(item.key.length === ids.length
      ? []
      : [
          at(
            quiz,
            ['items', i, 'key'],
            `The key of ${item.id} names ${item.key.length} options for ${ids.length} prompts.`,
            'Name the option of each prompt, in the order of the prompts.',
          ),
        ]),
  ];
}

/** A report asks for each field once, and its model fills those fields and no other. */
function reportFaults(quiz: Loaded<unknown>, item: Item, i: number): Fault[] {
  if (item.type !== 'report') return [];
  const asked = item.fields.map(({ id }) => id);
  const filled = Object.keys(item.model);
  const unlike = [
    ...asked.filter(id => !filled.includes(id)),
    ...filled.filter(id => !(asked as string[]).includes(id)),
  ];
  return [
    ...(new Set(asked).size === asked.length
      ? []
      : [at(quiz, ['items', i, 'fields'], `${item.id} asks for a field twice.`, 'Ask for each field once.')]),
    ...(unlike.length === 0
      ? []
      : [
          at(
            quiz,
            ['items', i, 'model'],
            `The model of ${item.id} and its fields differ in: ${unlike.join(', ')}.`,
            'Fill each field that is asked for, and no other.',
          ),
        ]),
  ];
}

export const tokenFix = `Use one of: ${hotlineTokens.map(name => `{{${name}}}`).join(', ')}.`;

/** Texts outside lesson bodies may hold hotline tokens too, and no other. */
export function tokenFaults(source: Loaded<unknown>, value: unknown, path: Path): Fault[] {
  if (typeof value === 'string')
    return [...value.matchAll(/\{\{([^{}]*)\}\}/g)].flatMap(([, name = '']) =>
      hotlineTokens.includes(name) ? [] : [at(source, path, `{{${name}}} is not known.`, tokenFix)],
    );
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    tokenFaults(source, member, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}
