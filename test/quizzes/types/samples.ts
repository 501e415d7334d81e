import fc from 'fast-check';
import type { Item, OptionItem } from '../../../server/quizzes/types/item.js';

/** A ready item of each kind, and arbitrary ones. A new kind adds its line to `arbitraryItems`. */
export interface Sample extends OptionItem {
  readonly truth?: boolean;
}

export const OPTION_IDS = ['a', 'b', 'c', 'd', 'e', 'f'];

/** An item with as many options as asked for; all its secret texts carry the word SECRET. */
export function sampleItem(type: string, changes: Partial<Sample> & { count?: number } = {}): Sample {
  const { count = 3, ...rest } = changes;
  const ids = OPTION_IDS.slice(0, count);
  return {
    id: 'M2-001',
    objective: 'M2-O2',
    level: 'apply',
    type,
    depth: 'essentials',
    critical: false,
    stem: 'What do you do first?',
    options: ids.map(id => ({ id, text: `Option ${id}`, feedback: `SECRET feedback on ${id}` })),
    key: ['b'],
    facts: ['F070'],
    ...rest,
  };
}

const critical = fc.constantFrom<Item['critical']>(false, 'never-1', 'never-8');
const oneKey = fc.integer({ min: 2, max: 6 }).chain(count =>
  fc.record({
    count: fc.constant(count),
    critical,
    key: fc.constantFrom(...OPTION_IDS.slice(0, count)).map(id => [id]),
  }),
);
const manyKeys = fc.integer({ min: 4, max: 6 }).chain(count =>
  fc.record({
    count: fc.constant(count),
    critical,
    key: fc.shuffledSubarray(OPTION_IDS.slice(0, count), { minLength: 2, maxLength: count - 2 }),
  }),
);

export const arbitraryItems: Readonly<Record<string, fc.Arbitrary<Sample>>> = {
  single: oneKey.map(shape => sampleItem('single', shape)),
  multiple: manyKeys.map(shape => sampleItem('multiple', shape)),
  'true-false': fc
    .tuple(oneKey, fc.boolean())
    .map(([shape, truth]) => sampleItem('true-false', { ...shape, truth })),
};

const hostileText = fc.oneof(
  fc.constantFrom('', ' ', 'b ', ' b', 'B', 'a,b', '["b"]', 'b\n', 'b\0', '０'),
  fc.constantFrom('1e999', 'NaN', 'Infinity', '[80]', '100', 'null', 'undefined', '[object Object]'),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length'),
  fc.constant('b'.repeat(200_000)),
  fc.string(),
);
const fieldValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...OPTION_IDS, 'true', 'false'),
  fc.array(fc.constantFrom(...OPTION_IDS, 'true', 'false'), { maxLength: 8 }),
  hostileText,
  fc.array(fc.oneof(hostileText, fc.anything()), { maxLength: 4 }),
  fc.constantFrom<unknown>(
    80,
    NaN,
    Infinity,
    -0,
    true,
    false,
    null,
    undefined,
    [80],
    [['b']],
    { b: 'b' },
    { 0: 'b' },
  ),
  fc.anything(),
);

/** Whatever may stand in `req.body`: ordinary, foolish and hostile. */
export const hostileForm: fc.Arbitrary<unknown> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record(
      {
        choice: fieldValue,
        truth: fieldValue,
        reason: fieldValue,
        key: fieldValue,
        points: fc.constantFrom('100', '1e999'),
        score: fc.constant('100'),
      },
      { requiredKeys: [] },
    ),
  },
  {
    weight: 1,
    arbitrary: fieldValue.map(
      value => Object.create({ choice: value, truth: 'true', reason: value }) as object,
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(...OPTION_IDS)
      .map((id): unknown => JSON.parse(`{"__proto__":{"choice":"${id}"}}`)),
  },
  { weight: 2, arbitrary: fc.anything({ withNullPrototype: true, withSparseArray: true, withBigInt: true }) },
);
