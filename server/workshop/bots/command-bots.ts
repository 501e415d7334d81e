import { parseArgs } from 'node:util';
import { banks } from '../content-check/findings.js';
import { gatedItems, type GatedItem } from '../content-check/gates/gated-item.js';
import { optionGuesses } from '../content-check/gates/options-only.js';
import type { Content, Edition } from '../../teaching/content/schema/types.js';

import { buildCourseVersion } from '../../teaching/content/snapshot.js';
import { tableLine } from '../../platform/lib/text/text-table.js';
import { passedByGuessers } from './bot-gates.js';
import type { ModelGuesses } from './guessers.js';
import { simulate, simulateBank, type Sitting } from './simulate.js';

type Say = (line: string) => void;

/**
 * `content bots [--course SLUG] [--forms N] [--seed TEXT]`: how many simulated learners pass each quiz, at once and in three
 * tries, each line as soon as it is known. Returns the exit code: 1 where a guesser passes a quiz of the second edition too often.
 * Throws an error with a sentence for a course that does not exist and for a number of forms that cannot be.
 */
export function runBots(args: string[], content: Content, say: Say): number {
  const { course, forms, seed } = optionsIn(args);
  const slugs = content.courses.map(({ slug }) => slug).filter(slug => !course || slug === course);
  if (slugs.length === 0) throw new Error(`There is no course "${course}" under modules/`);
  const gated = gatedItems(banks(content));
  const plan = { people: forms, seed, guesses: guessesFor(gated) };
  say(`${forms} people take each quiz, seed "${seed}". Passed at once / within three attempts, in per cent.`);
  const broken = slugs.map(slug => {
    const sittings = simulate(buildCourseVersion(content, slug).snapshot, plan);
    return report(slug, sittings, gated, say);
  });
  const { models } = content;
  if (models && !course) {
    const sitting = simulateBank(MODELS, models.items, plan);
    broken.push(report('any ten items of the model bank', [sitting], gated, say));
  }
  return broken.some(count => count > 0) ? 1 : 0;
}

const MODELS = 'models';

/** The editions of the items that a quiz draws from, each once, the oldest first. */
function editionsOf({ items }: Sitting, gated: readonly GatedItem[]): Edition[] {
  const drawn = gated.filter(({ item: { id } }) => items.some(item => item.id === id));
  return [...new Set(drawn.map(({ edition }) => edition))].sort();
}

/** Says what came of each. Returns how many quizzes a guesser passes, of those that draw no item of the first edition. */
function report(title: string, sittings: Iterable<Sitting>, gated: readonly GatedItem[], say: Say): number {
  say(`\n${title}`);
  let [isFirst, broken] = [true, 0];
  for (const sitting of sittings) {
    if (isFirst) say(headOf(sitting));
    const editions = editionsOf(sitting, gated);
    say(lineOf(sitting, editions));
    if (!editions.includes(1) && passedByGuessers(sitting).length > 0) broken += 1;
    isFirst = false;
  }
  return broken;
}

function optionsIn(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      course: { type: 'string' },
      forms: { type: 'string', default: '1000' },
      seed: { type: 'string', default: 'bots' },
    },
  });
  const forms = Number(values.forms);
  if (!Number.isInteger(forms) || forms < 1) throw new Error('--forms must be a whole number of at least 1');
  return { ...values, forms };
}

/** The model learns from the items of one edition what it then asks of them, each item from all others. */
function guessesFor(gated: readonly GatedItem[]): ModelGuesses {
  const editions: readonly Edition[] = [1, 2];
  const guesses = editions.flatMap(edition => optionGuesses(gated.filter(each => each.edition === edition)));
  return new Map(guesses.map(({ entry, choices }) => [entry.item.id, choices]));
}

/** No name of a quiz, of jobs or of bots is wider than its column. */
const WIDTHS = [25, 7, 7, ...Array.from({ length: 10 }, () => 9)];

const headOf = ({ rates }: Sitting): string =>
  tableLine(['quiz', 'jobs', 'edition', ...rates.map(({ bot }) => bot.name), 'guessers'], WIDTHS);

function lineOf(sitting: Sitting, editions: readonly Edition[]): string {
  const rates = sitting.rates.map(({ atOnce, inThree }) => `${percents(atOnce)}/${percents(inThree)}`);
  const row = [sitting.quiz, sitting.job ?? 'all', editions.join('+'), ...rates, verdictOn(sitting)];
  return tableLine(row, WIDTHS);
}

/** One decimal below ten: a final may let one of a hundred through. */
const percents = (share: number): string => {
  const percent = share * 100;
  return percent === 0 || percent >= 10 ? String(Math.round(percent)) : percent.toFixed(1);
};

const verdictOn = (sitting: Sitting): string => {
  if (sitting.isPractice) return 'practice';
  const broken = passedByGuessers(sitting);
  return broken.length === 0 ? 'kept' : `broken: ${broken.join(', ')}`;
};
