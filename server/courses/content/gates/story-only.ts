import { crossValidated } from './folds.js';
import { groupOf, type GatedItem, type Side } from './gated-item.js';
import { fileOf, meanOf, percent, type GateMeasure, type GateVerdict } from './measure.js';
import { learnWords, wordsOf } from './word-model.js';

/** Balanced accuracy: the mean of the two shares found. Words that lead astray are a pattern, too. */
const LIMITS = { most: 0.62, least: 0.42 };
/** On each side of a cut. */
const ENOUGH = 30;

const CUTS: readonly { readonly name: string; readonly isYes: (side: Side) => boolean }[] = [
  { name: 'carry on / rest', isYes: side => side !== 'ordinary' },
  { name: 'tell, urgent / rest', isYes: side => side === 'concern' },
];

/** Can a reader of single words tell from the story how it is decided? */
export const storyOnly = (items: readonly GatedItem[]): GateMeasure[] =>
  CUTS.map(({ name, isYes }) => cut(name, items.filter(hasSide), isYes));

type Sided = GatedItem & { readonly side: Side };
const hasSide = (entry: GatedItem): entry is Sided => entry.side !== null;

function cut(of: string, items: readonly Sided[], isYes: (side: Side) => boolean): GateMeasure {
  const entries = items.map(entry => ({
    group: groupOf(entry),
    words: wordsOf(entry.text),
    isYes: isYes(entry.side),
  }));
  const hits = crossValidated(
    entries,
    ({ group }) => group,
    from => {
      const lean = learnWords(from);
      return ({ words, isYes }) => ({ isYes, hit: hitOf(lean(words), isYes) });
    },
  );
  const [yes, no] = [true, false].map(side => hits.filter(each => each.isYes === side).map(({ hit }) => hit));
  const accuracy = meanOf([meanOf(yes ?? []), meanOf(no ?? [])]);
  return {
    gate: 'story only',
    of,
    n: hits.length,
    figure: `balanced accuracy ${percent(accuracy)}`,
    limit: percent(LIMITS.most),
    verdict: verdictOn(accuracy, Math.min(yes?.length ?? 0, no?.length ?? 0)),
    fix: 'Tell the same things on both sides, and let one fact decide.',
    file: fileOf(items),
  };
}

/** Where the words say nothing, half a hit: as a coin would have it. */
function hitOf(lean: number, isYes: boolean): number {
  if (lean === 0) return 0.5;
  return lean > 0 === isYes ? 1 : 0;
}

function verdictOn(accuracy: number, smallerSide: number): GateVerdict {
  if (smallerSide < ENOUGH) return 'too few';
  if (accuracy > LIMITS.most) return 'broken';
  return accuracy < LIMITS.least ? 'look' : 'kept';
}
