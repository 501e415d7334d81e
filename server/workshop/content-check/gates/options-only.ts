import { crossValidated } from './folds.js';
import { groupOf, type GatedItem } from './gated-item.js';
import { fileOf, judged, meanOf, percent, type GateMeasure } from './measure.js';
import { SINGLE_WORDS, type Lean, type TextModel, type Words } from './word-model.js';

/** Lift is the share of what chance leaves open that the model finds. Hits of one bank are judged more mildly: it is small. */
export const OPTION_LIMITS = { all: 0.2, critical: 0.27, bankHits: 0.6 };
/** Of fewer items, the hits of pure chance would leave these limits too often. */
const ENOUGH = { all: 30, bank: 20 };
/** A set of texts in more items than this is a fixed one, which tells nothing. */
const FIXED_SET = 5;

/** How an item fared with a reader who sees its options and nothing else. */
interface Guess {
  readonly entry: GatedItem;
  /** The options that look best, by their ids: several where they look alike. */
  readonly choices: readonly string[];
  /** 1 where the right one was found, a share where it is one of several. */
  readonly hit: number;
  readonly chance: number;
}

/** Can the right option be told from the words of the options alone? */
export function optionsOnly(items: readonly GatedItem[]): GateMeasure[] {
  const guesses = optionGuesses(items);
  const critical = guesses.filter(({ entry }) => entry.item.critical !== false);
  return [
    liftRow('all', guesses, OPTION_LIMITS.all),
    liftRow('critical', critical, OPTION_LIMITS.critical),
    ...perBank(guesses).map(([name, own]) => hitsOf(name, own)),
  ];
}

/** Each item with options of its own, guessed by a model that has learnt from the others. */
export function optionGuesses(
  items: readonly GatedItem[],
  model: TextModel = SINGLE_WORDS,
  seed?: string,
): Guess[] {
  const entries = withOwnOptions(items).map(entry => ({
    entry,
    words: entry.options.map(({ text, isRight }) => ({ words: model.read(text), isYes: isRight })),
  }));
  return crossValidated(
    entries,
    ({ entry }) => groupOf(entry),
    from => {
      const lean = model.learn(from.flatMap(({ words }) => words));
      return each => guess(each, lean);
    },
    seed,
  );
}

function withOwnOptions(items: readonly GatedItem[]): GatedItem[] {
  const setOf = ({ options }: GatedItem) => JSON.stringify(options.map(({ text }) => text).sort());
  const written = items.filter(({ options }) => options.length > 0);
  const uses = new Map<string, number>();
  for (const entry of written) uses.set(setOf(entry), (uses.get(setOf(entry)) ?? 0) + 1);
  return written.filter(entry => (uses.get(setOf(entry)) ?? 0) <= FIXED_SET);
}

function guess(
  { entry, words }: { entry: GatedItem; words: readonly { words: Words }[] },
  lean: Lean,
): Guess {
  const leans = words.map(each => lean(each.words));
  const best = entry.options.filter((_, at) => leans[at] === Math.max(...leans));
  return {
    entry,
    choices: best.map(({ id }) => id),
    hit: best.some(({ isRight }) => isRight) ? 1 / best.length : 0,
    chance: 1 / entry.options.length,
  };
}

/** Of what chance leaves open, the share that was found, and what it comes from; NaN of no guesses. */
export function liftOf(guesses: readonly Guess[]) {
  const [hits, chance] = [meanOf(guesses.map(({ hit }) => hit)), meanOf(guesses.map(each => each.chance))];
  return { hits, chance, lift: (hits - chance) / (1 - chance) };
}

function liftRow(of: string, guesses: readonly Guess[], limit: number): GateMeasure {
  const { hits, chance, lift } = liftOf(guesses);
  return {
    ...measured(of, guesses),
    figure: `lift ${lift.toFixed(2)} (${percent(hits)} hits, chance ${percent(chance)})`,
    limit: `lift ${limit.toFixed(2)}`,
    verdict: judged(guesses.length, ENOUGH.all, lift <= limit),
  };
}

function hitsOf(of: string, guesses: readonly Guess[]): GateMeasure {
  const hits = meanOf(guesses.map(({ hit }) => hit));
  return {
    ...measured(of, guesses),
    figure: `${percent(hits)} hits`,
    limit: `${percent(OPTION_LIMITS.bankHits)} hits`,
    verdict: judged(guesses.length, ENOUGH.bank, hits <= OPTION_LIMITS.bankHits),
  };
}

const measured = (of: string, guesses: readonly Guess[]) => ({
  gate: 'options only',
  of,
  n: guesses.length,
  fix: 'Give wrong options the words of right ones, and right ones those of wrong ones.',
  file: fileOf(guesses.map(({ entry }) => entry)),
});

function perBank(guesses: readonly Guess[]): [string, Guess[]][] {
  const banks = new Map<string, Guess[]>();
  for (const each of guesses)
    banks.set(each.entry.bank.name, [...(banks.get(each.entry.bank.name) ?? []), each]);
  return [...banks];
}
