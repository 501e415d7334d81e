import fc from 'fast-check';
import { CUES } from '../../../server/teaching/questions/item-shapes.js';
import { JOBS } from '../../../server/teaching/questions/jobs.js';
import { questionTypes } from '../../../server/teaching/questions/question-types.js';
import type { ExchangeItem } from '../../../server/teaching/questions/exchange.js';
import { portable } from '../../../server/workshop/exchange/text.js';

/** An item of a type that is exchanged, as its bank has it. */
type BankItem = Omit<ExchangeItem, 'form'>;

/** The form in which an item leaves. */
export function leaving(item: BankItem): ExchangeItem {
  const exported = questionTypes.of(item).exchange(item);
  if (!exported) throw new Error(`${item.id} has no counterpart`);
  return exported.item;
}

/** Texts that look like syntax somewhere, or that programs like to break. */
const NASTY = [
  '~', '=', '#', '{', '}', ':', '\\', '\\n', '\\\\', '->', '-> ', '%50%', '%-100%', '[html]', '[plain]', '[id:x]', '[tag:a]',
  '[feedback:a:b]', '//', '// x', '::', '::t::', '####', '$CATEGORY: x', 'TRUE', '>4 ALL', '{1:MC:=a~b}', '{1:MULTICHOICE_V:=a~b}',
  '\n', '\n\n', ' \n ', '\t', '  ', '"', "'", '&', '<', '>', '&amp;', '&lt;', '&#10;', '&#x41;', '&nbsp;', '<b>', '</text>', '<br/>',
  '<!--', '-->', '<![CDATA[', ']]>', '<?x?>', '<img src="x">', '- ', 'null', 'true', '~', '! x', '* x', '| x', '%', '@', '`', '---',
  '{{x}}', '{name}', '$t(x)', 'é', 'e\u0301', '\u{1f9ed}', '\u05d0\u05d1', '\u202e', '\u200f', '\u00a0', '\u2028', '\ufeff', '\ufdd0', '\ue000', '\u{10ffff}',
]; // prettier-ignore

/** Whatever an author may write, as the schema of a bank keeps it: trimmed, with something in it. */
const arbitraryText: fc.Arbitrary<string> = fc
  .array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...NASTY) }, { weight: 2, arbitrary: word() }), {
    minLength: 1,
    maxLength: 8,
  })
  .map(parts => portable(parts.join('')).text.trim())
  .filter(text => text !== '' && text.length < 300);

function word(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.lorem({ maxCount: 2 }),
    fc.string({ unit: 'grapheme', maxLength: 6 }),
    fc.string({ unit: 'binary', maxLength: 6 }),
  );
}

const LETTERS = 'abcdefgh'.split('');

const shared = {
  id: fc.integer({ min: 0, max: 999 }).map(n => `M1-${String(n).padStart(3, '0')}`),
  objective: fc.constantFrom('M1-O1', 'AT-O12', 'V-O3'),
  level: fc.constantFrom(
    'remember' as const,
    'understand' as const,
    'apply' as const,
    'analyse' as const,
    'evaluate' as const,
  ),
  depth: fc.constantFrom('essentials' as const, 'full' as const),
  critical: fc.constantFrom<string | false>(false, 'never-1', 'never-8'),
  judgement: fc.constantFrom('concern' as const, 'no-concern' as const, undefined),
  stem: arbitraryText,
  facts: fc.uniqueArray(fc.constantFrom('F001', 'F030', 'F070', 'F245'), { maxLength: 4 }),
};

const options = (min: number, max: number) =>
  fc
    .shuffledSubarray(LETTERS, { minLength: min, maxLength: max })
    .chain(ids =>
      fc.tuple(
        ...ids.map(id => fc.record({ id: fc.constant(id), text: arbitraryText, feedback: arbitraryText })),
      ),
    );

const keyOf =
  (min: number, max = min) =>
  (all: readonly { id: string }[]) =>
    fc.shuffledSubarray(
      all.map(({ id }) => id),
      { minLength: min, maxLength: Math.min(max, all.length) },
    );

/** What an item of a second edition says of itself; each may be absent. */
const written = fc.record(
  {
    roles: fc.shuffledSubarray([...JOBS], { minLength: 1 }),
    points: fc.shuffledSubarray(['S12', 'S16', 'R3'], { minLength: 1, maxLength: 2 }),
    pair: fc.constantFrom('P-01', 'P-120'),
    cues: fc.uniqueArray(fc.record({ id: fc.constantFrom(...CUES), relevant: fc.boolean() }), {
      selector: ({ id }) => id,
      minLength: 1,
      maxLength: 4,
    }),
    status: fc.constantFrom('trial' as const, 'live' as const),
    borderline: fc.integer({ min: 0, max: 100 }),
  },
  { requiredKeys: [] },
);

function itemOf(
  type: string,
  shape: fc.Arbitrary<Partial<BankItem> & Pick<BankItem, 'options' | 'key'>>,
): fc.Arbitrary<BankItem> {
  return fc.tuple(fc.record(shared), shape, written).map(([{ judgement, ...rest }, own, more]) => ({
    ...rest,
    ...more,
    ...(judgement ? { judgement } : {}),
    type,
    ...own,
  }));
}

const JUDGES = [undefined, 'concern', 'no-concern', 'appearance'] as const;

/** Wrong options that say what they make of the situation, or do not. */
const judging = (items: fc.Arbitrary<BankItem>) =>
  fc
    .tuple(items, fc.array(fc.constantFrom(...JUDGES), { minLength: 5, maxLength: 5 }))
    .map(([item, said]) => ({
      ...item,
      options: item.options.map((option, at) => {
        const judges = item.key.includes(option.id) ? undefined : said[at];
        return judges ? { ...option, judges } : option;
      }),
    }));

/** Safety-critical items of which some wrong choices are unsafe. */
const guarded = (items: fc.Arbitrary<BankItem>) =>
  fc.tuple(items, fc.nat({ max: 3 })).map(([item, count]) => {
    const wrong = item.options.map(({ id }) => id).filter(id => !item.key.includes(id));
    const sides = item.truth === undefined ? [] : [String(!item.truth)];
    const unsafe = [...sides, ...wrong].slice(0, count);
    return item.critical === false || unsafe.length === 0 ? item : { ...item, unsafe };
  });

const withKey = (
  all: fc.Arbitrary<BankItem['options']>,
  key: (all: BankItem['options']) => fc.Arbitrary<string[]>,
) => all.chain(made => fc.record({ options: fc.constant(made), key: key(made) }));

/** Items of every kind that is exchanged, with any text, each as `content check` would pass it. */
export const arbitraryItems: Readonly<Record<string, fc.Arbitrary<BankItem>>> = {
  single: guarded(judging(itemOf('single', withKey(options(3, 4), keyOf(1))))),
  multiple: guarded(
    judging(
      itemOf(
        'multiple',
        withKey(options(4, 5), all =>
          keyOf(2, all.length - 2)(all).map(key => all.flatMap(({ id }) => (key.includes(id) ? id : []))),
        ),
      ),
    ),
  ).map(item => ({ ...item, stem: `${item.stem} Choose two or three.` })),
  'true-false': guarded(
    judging(
      itemOf(
        'true-false',
        fc.tuple(withKey(options(3, 3), keyOf(1)), fc.boolean()).map(([own, truth]) => ({ ...own, truth })),
      ),
    ),
  ),
  ordering: itemOf(
    'ordering',
    withKey(options(4, 6), all => keyOf(all.length)(all)),
  ),
  matching: itemOf(
    'matching',
    options(5, 7).chain(all =>
      fc.record({
        options: fc.constant(all),
        key: keyOf(all.length - 1)(all),
        prompts: fc
          .shuffledSubarray('pqrstuv'.split(''), { minLength: all.length - 1, maxLength: all.length - 1 })
          .chain(ids => fc.tuple(...ids.map(id => fc.record({ id: fc.constant(id), text: arbitraryText })))),
      }),
    ),
  ),
};

export const arbitraryItem = fc.oneof(...Object.values(arbitraryItems));

/** A bank whose items all have ids of their own. */
export const arbitraryBank = fc.uniqueArray(arbitraryItem, {
  minLength: 1,
  maxLength: 6,
  selector: ({ id }) => id,
});
