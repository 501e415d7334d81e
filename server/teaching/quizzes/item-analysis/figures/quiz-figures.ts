import { FULL_POINTS } from '../../../questions/question-type.js';
import type { ItemVersion } from './analysed-bank.js';
import type { QuizSums } from './collect.js';
import { decisionConsistency, type DecisionConsistency } from './decision-consistency.js';
import { scaled, type Figure } from './figure.js';
import { itemFigures, type ItemFigures } from './item-figures.js';
import type { ItemSums } from './item-sums.js';
import { mean, standardDeviation } from './moments.js';
import { reliability, standardError, type Reliability } from './reliability.js';
import { isSmall } from '../small-groups.js';
import { everybody } from './thirds.js';

/** A row of the list: nothing but its name where fewer than 5 people met the item. */
export type ItemRow =
  { readonly isSmall: true; readonly version: ItemVersion } | ({ readonly isSmall: false } & ItemFigures);

/** The figures of a quiz, or nothing where fewer than 5 people took it. `unreadable` attempts were passed over. */
export type QuizFigures =
  | { readonly isSmall: true }
  | {
      readonly isSmall: false;
      readonly attempts: number;
      readonly unreadable: number;
      /** Places in a form, the case left out. */
      readonly questions: number;
      /** In questions. */
      readonly mean: Figure;
      readonly deviation: Figure;
      readonly reliability: Reliability;
      /** In questions. */
      readonly standardError: Figure;
      readonly decisions: DecisionConsistency;
      readonly items: readonly ItemRow[];
    };

/** `pass`: how many questions' worth of points pass; null where the attempts do not share one pass mark. */
export function quizFigures(sums: QuizSums, pass: number | null): QuizFigures {
  if (isSmall(sums.attempts)) return { isSmall: true };
  const items = [...sums.items.values()].sort(byId);
  const drawn = items
    .filter(({ version }) => !version.isCase && !version.isTrial)
    .map(({ pairs }) => pairs.x);
  const isRightOrWrong = sums.parts === 0;
  const consistency = reliability({ ...sums, attempts: sums.attempts.n, items: drawn, isRightOrWrong });
  return {
    isSmall: false,
    attempts: sums.attempts.n,
    unreadable: sums.unreadable,
    questions: sums.places.length,
    mean: scaled(mean(sums.totals), FULL_POINTS),
    deviation: scaled(standardDeviation(sums.totals), FULL_POINTS),
    reliability: consistency,
    standardError: scaled(standardError(sums.totals, consistency), FULL_POINTS),
    decisions: decisionConsistency({
      ...sums,
      reliability: consistency,
      questions: sums.places.length,
      pass,
      isRightOrWrong,
    }),
    items: items.map(item =>
      isSmall(everybody(item.byRest))
        ? { isSmall: true, version: item.version }
        : { isSmall: false, ...itemFigures(item) },
    ),
  };
}

/** Versions of one item stand together, in the order in which they were first met. */
const byId = (a: ItemSums, b: ItemSums): number =>
  a.version.id === b.version.id ? 0 : a.version.id < b.version.id ? -1 : 1;
