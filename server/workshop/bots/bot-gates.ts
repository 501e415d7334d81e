import { FINAL } from '../../teaching/learning/completion.js';
import type { PassRate, Sitting } from './simulate.js';

/** How many of a hundred guessers may pass. A quiz of a module is practice; a certificate rests on the final. */
const LIMITS = { quiz: { atOnce: 0.1, inThree: 1 }, final: { atOnce: 0.01, inThree: 0.03 } };

/** The guessers that pass a quiz too often, by name; none of practice, which holds nobody back. */
export function passedByGuessers({
  quiz,
  isPractice,
  rates,
}: Pick<Sitting, 'quiz' | 'isPractice' | 'rates'>): string[] {
  if (isPractice) return [];
  const limit = quiz === FINAL ? LIMITS.final : LIMITS.quiz;
  const isTooMuch = ({ atOnce, inThree }: PassRate) => atOnce > limit.atOnce || inThree > limit.inThree;
  return rates.filter(rate => rate.bot.isGuesser && isTooMuch(rate)).map(({ bot }) => bot.name);
}
