import { rulingsOn } from '../regrading/ruling/active-rulings.js';
import { wordingsOf } from '../regrading/ruling/item-versions.js';
import { sameWording } from '../regrading/ruling/proposals.js';
import { rulingAddress } from '../regrading/ruling/ruling-text.js';
import { rulingsInForce, type Ruling } from '../regrading/ruling/rulings.js';
import type { AnalysisScope } from './analysis-scope.js';
import type { ItemVersion } from './figures/analysed-bank.js';
import { versionsTaken } from './taken-quizzes.js';

/** The rulings in force on the questions of a quiz, in the version of a scope or in any that somebody took. */
export async function rulingsIn(scope: AnalysisScope): Promise<readonly Ruling[]> {
  const made = await rulingsOn(scope.courseSlug, scope.quiz);
  const versions =
    scope.version === null ? (await versionsTaken(scope)).map(({ number }) => number) : [scope.version];
  return versions.flatMap(version => [...rulingsInForce(made, version).values()]);
}

/** The kinds of these rulings that are about a question, each once. */
export const kindsOn = ({ id }: ItemVersion, rulings: readonly Ruling[]): Ruling['kind'][] => [
  ...new Set(rulings.filter(({ itemId }) => itemId === id).map(({ kind }) => kind)),
];

/** The address at which this wording of a question is ruled on; null for one that is in no bank, and for a case. */
export async function ruleHref(
  { courseSlug, quiz, version }: AnalysisScope,
  { id, item, isCase }: ItemVersion,
): Promise<string | null> {
  if (!item || isCase) return null;
  const same = (await wordingsOf(courseSlug, quiz, id)).filter(each => sameWording(each.item, item));
  const asked = same.find(each => each.version === version) ?? same.at(-1);
  return asked ? rulingAddress({ courseSlug, quiz, itemId: id, version: asked.version }) : null;
}
