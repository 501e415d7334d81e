import { countedGains } from '../follow-up/gains/counted-gains.js';
import { countedQuizzes } from '../quizzes/item-analysis/kept/counted-quizzes.js';
import type { KeptFigure } from '../sums/kept-figure.js';

/** Every figure that is kept as sums. */
export const COUNTED_FIGURES: readonly KeptFigure[] = [countedQuizzes, countedGains];
