import { openOrganisation } from '../../../../../server/people/organisations/memberships.js';
import { quizOf } from '../../../../../server/teaching/quizzes/quiz.js';
import { analysedBank } from '../../../../../server/teaching/quizzes/item-analysis/figures/analysed-bank.js';
import { dina } from '../../../../support/people.js';
import { keep, madeUpAttempt } from '../../../../support/quizzes/made-up-attempts.js';
import { course } from '../../../../support/walk.js';
import { rightAnswer, wrongAnswer } from '../../../../support/answers.js';
import { seenBy, type Scene } from '../../scene.js';

const COURSE = 'volunteers';
const QUIZ = 'foundations';
const FEW = 'trafficking-routes';

/** Question statistics: the list, a quiz that many took, one that few did, a question with flags, one without. */
export async function statisticsScenes(): Promise<Scene[]> {
  const { browser } = await dina();
  const { versionId, number, snapshot } = await course(COURSE);
  const { id: organisation } = await openOrganisation();
  const [quiz, few] = [quizOf(snapshot, QUIZ), quizOf(snapshot, FEW)];
  if (!quiz || !few) throw new Error('A quiz is missing');
  const place = { organisation, courseSlug: COURSE, versionId, quiz };
  const [flagged, ...others] = quiz.items.filter(({ type }) => type === 'single');
  const pairs = quiz.items.find(({ type }) => type === 'true-false');
  if (!flagged || !pairs) throw new Error('The bank lacks a kind');
  const items = [...others.slice(0, 2), flagged];
  await keep([
    ...Array.from({ length: 20 }, () => madeUpAttempt(place)),
    ...Array.from({ length: 40 }, () => madeUpAttempt(place, { items: [...others.slice(2, 4), pairs] })),
    ...Array.from({ length: 40 }, (_, n) =>
      madeUpAttempt(place, {
        items,
        answer: item => ((item === flagged) === n % 2 > 0 ? rightAnswer(item) : wrongAnswer(item)),
        seconds: 130 + n,
      }),
    ),
    ...Array.from({ length: 2 }, () => madeUpAttempt({ ...place, quiz: few })),
  ]);
  const page = `/admin/statistics/${COURSE}/${number}/${QUIZ}`;
  const bank = analysedBank(quiz);
  const itemPage = ({ id }: { id: string }) => `${page}/items/${id}/${bank.get(id)?.hash}`;
  const see = seenBy(browser);
  return [
    see('admin-statistics', '/admin/statistics'),
    see('admin-statistics-quiz', page),
    see('admin-statistics-few', `/admin/statistics/${COURSE}/${number}/life-after-and-prevention`),
    see('admin-statistics-item', itemPage(flagged)),
    see('admin-statistics-pairs', itemPage(pairs)),
  ];
}
