import { keptPart } from '../../../platform/sums/kept-sums.js';
import { plus, type Sums } from '../../../platform/sums/sums.js';
import type { AnalysisScope } from './analysis-scope.js';
import { unknownItem, type ItemVersion } from './figures/analysed-bank.js';
import { quizFigures, type QuizFigures } from './figures/quiz-figures.js';
import { knownQuiz, type KnownQuiz } from './kept/known-quiz.js';
import { itemName, scopeParts, QUIZZES, subjectOf, THE_FORM } from './kept/sum-names.js';
import { formFrom, itemFrom, withNewest } from './kept/stored-sums.js';
import { versionsTaken } from './taken-quizzes.js';

/** The statistics of a quiz, from the sums that are kept of it: they cost the same however many people took it. */
export async function quizStatistics(scope: AnalysisScope): Promise<QuizFigures> {
  const kept = await keptOfScope(scope);
  const known = await knownIn(scope);
  const versions = versionsByName(known);
  const items = [...kept].flatMap(([name, sums]) => {
    if (name === THE_FORM) return [];
    const version = versions.get(name) ?? unknownItem(name.trim());
    return [[name, itemFrom(sums, version)] as const];
  });
  const order = [...versions.keys()];
  items.sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  const passMarks = new Set(known.map(({ pass }) => pass));
  const [pass = null] = passMarks;
  const form = formFrom(kept.get(THE_FORM) ?? {});
  return quizFigures({ ...form, items: new Map(items) }, passMarks.size === 1 ? pass : null);
}

/** What is kept of a scope, by name: first tries, and others where they are asked for. */
async function keptOfScope(scope: AnalysisScope): Promise<Map<string, Sums>> {
  const found = new Map<string, Sums>();
  for (const part of scopeParts(scope))
    for (const { name, sums } of await keptPart(QUIZZES, subjectOf(scope), part))
      found.set(name, withNewest(plus(found.get(name) ?? {}, sums)));
  return found;
}

/** The quiz in the version of a scope, or in each that somebody took, the oldest first. */
async function knownIn({ courseSlug, quiz, version }: AnalysisScope): Promise<KnownQuiz[]> {
  const taken = (await versionsTaken({ courseSlug, quiz })).reverse();
  const found = taken
    .filter(({ number }) => version === null || number === version)
    .map(({ id }) => knownQuiz(id, quiz));
  return (await Promise.all(found)).filter(known => known !== null);
}

const versionsByName = (known: readonly KnownQuiz[]): Map<string, ItemVersion> =>
  new Map(known.flatMap(({ bank }) => [...bank.values()].map(item => [itemName(item), item] as const)));
