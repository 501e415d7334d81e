import { openOrganisation } from '../../../../server/people/organisations/memberships.js';
import { saveAnswer } from '../../../../server/teaching/quizzes/attempts/save-answer.js';
import { submitAttempt } from '../../../../server/teaching/quizzes/attempts/submit.js';
import { quizOf } from '../../../../server/teaching/quizzes/quiz.js';
import { analysedBank } from '../../../../server/teaching/quizzes/item-analysis/figures/analysed-bank.js';
import type { Item } from '../../../../server/teaching/questions/item.js';
import { keep, madeUpAttempt } from '../../../support/quizzes/made-up-attempts.js';
import { dina } from '../../../support/people.js';
import { attemptWith, course, readyForQuiz } from '../../../support/walk.js';
import { rightAnswer, wrongAnswer } from '../../../support/answers.js';
import { seenBy, type Scene } from '../scene.js';

const COURSE = 'volunteers';
const QUIZ = 'survivor-trauma';

/** How sure learners are and how they judge: a question, results after a fail and a pass, and the administrators' view. */
export async function confidenceScenes(): Promise<Scene[]> {
  return [await question(), await result('failed'), await result('passed'), ...(await figures())];
}

async function question(): Promise<Scene> {
  const { browser, cycle, quiz } = await readyForQuiz(COURSE, QUIZ);
  const [item] = situations(quiz.items);
  if (!item) throw new Error('The bank has no such question');
  const { id } = await attemptWith(cycle, quiz, [item]);
  const act: Scene['act'] = async page => {
    await page.locator('[name=choice]').first().check();
    await page.locator('[name=confidence]').nth(1).check();
  };
  return { name: 'question-sure', path: `/attempts/${id}/questions/1`, as: browser, act };
}

/** The single choices about a situation that are not safety-critical, those with concern first. */
const situations = (items: readonly Item[]): Item[] =>
  items
    .filter(({ type, judgement, critical }) => type === 'single' && judgement && critical === false)
    .sort((a, b) => Number(a.judgement === 'no-concern') - Number(b.judgement === 'no-concern'));

async function result(outcome: 'passed' | 'failed'): Promise<Scene> {
  const { browser, cycle, quiz } = await readyForQuiz(COURSE, QUIZ);
  const items = situations(quiz.items).slice(0, quiz.draw);
  const attempt = await attemptWith(cycle, quiz, items);
  for (const [index, item] of items.entries()) {
    const isRight = outcome === 'passed' ? index !== 2 : index % 2 > 0;
    const response = isRight ? rightAnswer(item) : wrongAnswer(item);
    await saveAnswer(
      attempt,
      quiz,
      { slot: index + 1, sequence: 0, response, confidence: 'sure' },
      Date.now(),
    );
  }
  await submitAttempt(attempt, quiz, Date.now());
  return { name: `result-${outcome}-sure`, path: `/attempts/${attempt.id}`, as: browser };
}

async function figures(): Promise<Scene[]> {
  const { browser } = await dina();
  const { versionId, number, snapshot } = await course(COURSE);
  const quiz = quizOf(snapshot, QUIZ);
  const [item, ...others] = situations(quiz?.items ?? []);
  if (!quiz || !item) throw new Error('The quiz is missing');
  const place = { organisation: (await openOrganisation()).id, courseSlug: COURSE, versionId, quiz };
  await keep(
    Array.from({ length: 40 }, (_, n) =>
      madeUpAttempt(place, {
        items: [item, ...others.slice(0, quiz.draw - 1)],
        answer: each => (n % 3 > 0 ? rightAnswer(each) : wrongAnswer(each)),
        confidence: () => (['sure', 'fairly', 'guess', null] as const)[n % 4] ?? null,
      }),
    ),
  );
  const hash = analysedBank(quiz).get(item.id)?.hash ?? '';
  const see = seenBy(browser);
  return [
    see('admin-statistics-sure', `/admin/statistics/${COURSE}/${number}/${QUIZ}/items/${item.id}/${hash}`),
    see('admin-signals', '/admin/signals'),
    see('admin-signals-course', `/admin/signals/${COURSE}`),
  ];
}
