import { crossValidated } from './folds.js';
import { groupOf, type GatedItem, type Side } from './gated-item.js';
import { fileOf, meanOf, percent, type GateMeasure, type GateVerdict } from './measure.js';
import { SINGLE_WORDS, type TextModel } from './word-model.js';

/** Balanced accuracy: the mean of the two shares found. Words that lead astray are a pattern, too. */
export const STORY_LIMITS = { most: 0.62, least: 0.42 };
/** On each side of a cut. */
const ENOUGH = 30;

/** Two ways to part the dispositions. */
export const CUTS: readonly { readonly name: string; readonly isYes: (side: Side) => boolean }[] = [
  { name: 'carry on / rest', isYes: side => side !== 'ordinary' },
  { name: 'tell, urgent / rest', isYes: side => side === 'concern' },
];

/** Can a reader of single words tell from the story how it is decided? */
export const storyOnly = (items: readonly GatedItem[]): GateMeasure[] =>
  CUTS.map(({ name, isYes }) => cut(name, items.filter(hasSide), isYes));

type Sided = GatedItem & { readonly side: Side };
export const hasSide = (entry: GatedItem): entry is Sided => entry.side !== null;

function cut(of: string, items: readonly Sided[], isYes: (side: Side) => boolean): GateMeasure {
  const accuracy = balancedAccuracy(
    items.map(entry => ({ entry, text: entry.text, isYes: isYes(entry.side) })),
  );
  const yes = items.filter(({ side }) => isYes(side)).length;
  return {
    gate: 'story only',
    of,
    n: items.length,
    figure: `balanced accuracy ${percent(accuracy)}`,
    limit: percent(STORY_LIMITS.most),
    verdict: verdictOn(accuracy, Math.min(yes, items.length - yes)),
    fix: 'Tell the same things on both sides, and let one fact decide.',
    file: fileOf(items),
  };
}

/** A text of an item, and which of two answers is right. */
export interface Told {
  readonly entry: GatedItem;
  readonly text: string;
  readonly isYes: boolean;
}

/** The mean of the two shares that a model finds, each text read by one that has learnt from the others; NaN where a side is empty. */
export function balancedAccuracy(
  texts: readonly Told[],
  model: TextModel = SINGLE_WORDS,
  seed?: string,
): number {
  const hits = crossValidated(
    texts.map(({ entry, text, isYes }) => ({ group: groupOf(entry), words: model.read(text), isYes })),
    ({ group }) => group,
    from => {
      const lean = model.learn(from);
      return ({ words, isYes }) => ({ isYes, hit: hitOf(lean(words), isYes) });
    },
    seed,
  );
  return meanOf(
    [true, false].map(side => meanOf(hits.filter(({ isYes }) => isYes === side).map(({ hit }) => hit))),
  );
}

/** Where the words say nothing, half a hit: as a coin would have it. */
function hitOf(lean: number, isYes: boolean): number {
  if (lean === 0) return 0.5;
  return lean > 0 === isYes ? 1 : 0;
}

function verdictOn(accuracy: number, smallerSide: number): GateVerdict {
  if (smallerSide < ENOUGH) return 'too few';
  if (accuracy > STORY_LIMITS.most) return 'broken';
  return accuracy < STORY_LIMITS.least ? 'look' : 'kept';
}
