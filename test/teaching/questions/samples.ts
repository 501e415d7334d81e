import fc from 'fast-check';
import type { Translate } from '../../../server/platform/i18n/i18n.js';
import type { Answer } from '../../../server/teaching/questions/answer.js';
import type { Item, OptionItem } from '../../../server/teaching/questions/item.js';
import {
  DISPOSITIONS,
  type Disposition,
} from '../../../server/teaching/questions/types/decision/dispositions.js';

/** Says a text by its key and what fills its blanks. */
export const said: Translate = (key, blanks) => [key, ...Object.values(blanks ?? {})].join(' ');

/** A ready item of each kind, and arbitrary ones. A new kind adds its line to `arbitraryItems`. */
export interface Sample extends OptionItem {
  readonly truth?: boolean;
  readonly prompts?: readonly { id: string; text: string }[];
  readonly disposition?: Disposition;
  readonly feedback?: Readonly<Record<Disposition, string>>;
}

export const OPTION_IDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const PROMPT_IDS = ['p', 'q', 'r', 's', 't', 'u'];

/** The lines of a matching item. */
export const samplePrompts = (count: number) =>
  PROMPT_IDS.slice(0, count).map(id => ({ id, text: `Line ${id}` }));

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
    // Of several choices the stem says how many.
    stem: type === 'multiple' ? 'What do you do? Choose two or three.' : 'What do you do first?',
    options: ids.map(id => ({ id, text: `Option ${id}`, feedback: `SECRET feedback on ${id}` })),
    key: ['b'],
    facts: ['F070'],
    ...rest,
  };
}

const critical = fc.constantFrom<Item['critical']>(false, 'never-1', 'never-8');
const oneKey = (counts: { min: number; max: number }) =>
  fc.integer(counts).chain(count =>
    fc.record({
      count: fc.constant(count),
      critical,
      key: fc.constantFrom(...OPTION_IDS.slice(0, count)).map(id => [id]),
    }),
  );
const manyKeys = fc.integer({ min: 4, max: 5 }).chain(count =>
  fc.record({
    count: fc.constant(count),
    critical,
    key: fc.shuffledSubarray(OPTION_IDS.slice(0, count), { minLength: 2, maxLength: count - 2 }),
  }),
);

const wholeOrder = fc.integer({ min: 4, max: 6 }).chain(count => {
  const ids = OPTION_IDS.slice(0, count);
  const key = fc.shuffledSubarray(ids, { minLength: count, maxLength: count });
  return fc.record({ count: fc.constant(count), critical, key });
});
const pairs = fc.integer({ min: 4, max: 6 }).chain(lines => {
  const ids = OPTION_IDS.slice(0, lines + 1);
  const key = fc.shuffledSubarray(ids, { minLength: lines, maxLength: lines });
  const fixed = { count: fc.constant(lines + 1), prompts: fc.constant(samplePrompts(lines)) };
  return fc.record({ ...fixed, critical, key });
});

/** What a decision has beside options and key; `disposition` is its key. */
export const sampleDecision = (disposition: Disposition) => ({
  story: 'At the gate a girl of about 14 asks you which town this is.',
  disposition,
  feedback: {
    'carry-on': 'SECRET feedback on carry-on',
    note: 'SECRET feedback on note',
    tell: 'SECRET feedback on tell',
    urgent: 'SECRET feedback on urgent',
  },
  decides: 'SECRET sentence of the fact that decides',
});
const decisions = fc
  .tuple(oneKey({ min: 3, max: 4 }), fc.constantFrom(...DISPOSITIONS))
  .map(([shape, disposition]) => {
    const mayBeCritical = disposition === 'tell' || disposition === 'urgent';
    const own = { ...sampleDecision(disposition), ...(mayBeCritical ? {} : { critical: false as const }) };
    return sampleItem('decision', { ...shape, ...own });
  });

export const arbitraryItems: Readonly<Record<string, fc.Arbitrary<Sample>>> = {
  single: oneKey({ min: 3, max: 4 }).map(shape => sampleItem('single', shape)),
  multiple: manyKeys.map(shape => sampleItem('multiple', shape)),
  'true-false': fc
    .tuple(oneKey({ min: 3, max: 3 }), fc.boolean())
    .map(([shape, truth]) => sampleItem('true-false', { ...shape, truth })),
  ordering: wholeOrder.map(shape => sampleItem('ordering', shape)),
  matching: pairs.map(shape => sampleItem('matching', shape)),
  decision: decisions,
};

const hostileText = fc.oneof(
  fc.constantFrom('', ' ', 'b ', ' b', 'B', 'a,b', '["b"]', 'b\n', 'b\0', '０'),
  fc.constantFrom('1e999', 'NaN', 'Infinity', '[80]', '100', 'null', 'undefined', '[object Object]'),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length'),
  fc.constant('b'.repeat(200_000)),
  fc.string(),
);
/** The selects of ordering and matching, and some of other questions. */
export const ROW_FIELDS = ['place-', 'match-'].flatMap(beginning =>
  [...OPTION_IDS, ...PROMPT_IDS, 'z'].map(id => beginning + id),
);
const ordinary = fc.constantFrom(
  ...OPTION_IDS,
  ...DISPOSITIONS,
  'true',
  'false',
  '1',
  '2',
  '3',
  '4',
  '5',
  '6',
);
const fieldValue: fc.Arbitrary<unknown> = fc.oneof(
  ordinary,
  fc.array(ordinary, { maxLength: 8 }),
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
        disposition: fieldValue,
        fact: fieldValue,
        key: fieldValue,
        points: fc.constantFrom('100', '1e999'),
        score: fc.constant('100'),
      },
      { requiredKeys: [] },
    ),
  },
  { weight: 3, arbitrary: fc.dictionary(fc.constantFrom(...ROW_FIELDS), fc.oneof(ordinary, fieldValue)) },
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

/** Every complete answer that a page of this item can send, one by one. */
export function completeAnswers(item: Sample): Answer[] {
  const ids = item.options.map(({ id }) => id);
  const lines = item.prompts ?? [];
  const answers: Record<string, () => Answer[]> = {
    single: () => ids.map(choice => ({ choice })),
    multiple: () => choices(ids, item.key.length).map(choice => ({ choice })),
    decision: () => ids.flatMap(fact => DISPOSITIONS.map(disposition => ({ disposition, fact }))),
    'true-false': () => ids.flatMap(reason => ['true', 'false'].map(truth => ({ truth, reason }))),
    ordering: () =>
      arrangements(ids, ids.length).map(order =>
        row(
          'place-',
          order,
          order.map((_, at) => String(at + 1)),
        ),
      ),
    matching: () =>
      arrangements(ids, lines.length).map(given =>
        row(
          'match-',
          lines.map(({ id }) => id),
          given,
        ),
      ),
  };
  return answers[item.type]?.() ?? [];
}

function row(beginning: string, names: readonly string[], values: readonly string[]): Answer {
  return Object.fromEntries(names.map((name, at) => [beginning + name, values[at] ?? '']));
}

/** All ways to put `count` of the values in a row. */
function arrangements(values: readonly string[], count: number): string[][] {
  if (count === 0) return [[]];
  return values.flatMap(first =>
    arrangements(
      values.filter(value => value !== first),
      count - 1,
    ).map(rest => [first, ...rest]),
  );
}

const choices = (values: readonly string[], count: number): string[][] =>
  arrangements(values, count).filter(chosen =>
    chosen.every((id, at) => at === 0 || id > (chosen[at - 1] ?? '')),
  );
