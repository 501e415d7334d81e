import {
  bestPath,
  walk,
  type CaseChoice,
} from '../../../../../server/teaching/questions/types/scenario/scenario-walk.js';
import { savedAnswers } from '../../../../../server/teaching/quizzes/attempts/attempts.js';
import { startAttempt } from '../../../../../server/teaching/quizzes/attempts/start/start.js';
import { caseOfForm, isCase } from '../../../../../server/teaching/quizzes/quiz.js';
import type { Page } from '../../../../../server/workshop/smoke/client.js';
import { ada } from '../../../../support/people.js';
import { almostThrough, answerAll, enrolled, quizIn, withFirstCase } from '../../../../support/walk.js';
import { count } from '../../../../support/rows.js';
import { rightAnswer } from '../../../../support/answers.js';

/** The course whose final these tests take. */
export const COURSE = 'volunteers';

/** A learner at the first case of an open final, which may draw others too; its questions answered or not. */
export async function atCase({ answer = rightAnswer, isReady = false } = {}) {
  const learner = await ada();
  const cycle = await enrolled(learner, COURSE);
  if (isReady) await almostThrough(cycle, ['final']);
  const quiz = await quizIn(cycle, 'final');
  const attempt = await startAttempt(cycle, withFirstCase(quiz), Date.now());
  const scenario = caseOfForm(quiz, attempt.form);
  if (!scenario) throw new Error('The final has no case');
  const slot = attempt.form.findIndex(drawn => isCase(quiz, drawn)) + 1;
  // Everything but the case.
  await answerAll({ ...attempt, form: attempt.form.slice(0, slot - 1) }, quiz, answer);
  const page = `/attempts/${attempt.id}/questions/${slot}`;
  const action = `/attempts/${attempt.id}/answers/${slot}`;
  const { browser } = learner;
  await browser.get(page);
  const decide = (choice: string) => browser.submit(action, { choice });
  const kept = async () =>
    (await savedAnswers(attempt.id)).find(each => each.slot === slot)?.response.path ?? [];
  const steps = () => count('attempt_answers where attempt_id = $1 and slot = $2', [attempt.id, slot]);
  const submission = `/attempts/${attempt.id}/submission`;
  async function finish(path: readonly string[]): Promise<Page> {
    await browser.get(page);
    for (const choice of path) await decide(choice);
    await browser.get(`/attempts/${attempt.id}/review`);
    return browser.submit(submission);
  }
  return {
    ...learner,
    cycle,
    quiz,
    scenario,
    attempt,
    slot,
    page,
    action,
    submission,
    decide,
    kept,
    steps,
    finish,
  };
}

export type AtCase = Awaited<ReturnType<typeof atCase>>;

/** The path of the best choices, with another one at some decisions. */
export function pathWith(
  { scenario }: AtCase,
  wanted: Partial<Record<number, CaseChoice['quality']>>,
): string[] {
  const path: string[] = [];
  for (let here = walk(scenario, path); here?.node; here = walk(scenario, path)) {
    const quality = wanted[path.length] ?? 'best';
    const found = here.node.choices.find(each => each.quality === quality);
    if (!found)
      throw new Error(`Decision ${path.length + 1} of ${scenario.id} has no choice that is ${quality}`);
    path.push(found.id);
  }
  return path;
}

/** The first decision that has a choice of this quality. */
export function decisionWith({ scenario }: AtCase, quality: CaseChoice['quality']): number {
  return bestPath(scenario).findIndex((_, step) =>
    walk(scenario, bestPath(scenario).slice(0, step))?.node?.choices.some(each => each.quality === quality),
  );
}

export const choicesOf = ({ scenario }: AtCase): CaseChoice[] =>
  scenario.nodes.flatMap(({ choices }) => choices);

/** Everything that would tell how good a choice is, or what the other choices would have led to. */
export const secretsOf = (open: AtCase, walked: readonly string[]): string[] => {
  const taken = walk(open.scenario, walked)?.steps.map(({ choice }) => choice.result) ?? [];
  return [
    ...choicesOf(open).flatMap(choice => [choice.reason, ...('better' in choice ? [choice.better] : [])]),
    ...choicesOf(open).flatMap(({ result }) => (taken.includes(result) ? [] : [result])),
    ...open.scenario.endings.map(({ text }) => text),
  ];
};
