import { randomInt } from 'node:crypto';
import { applyRegrade } from '../../server/teaching/quizzes/regrading/applying/apply.js';
import { confirmRegrade } from '../../server/teaching/quizzes/regrading/applying/confirm-regrade.js';
import { previewRegrade } from '../../server/teaching/quizzes/regrading/preview/preview-regrade.js';
import { findRegrade, progressOfRegrade } from '../../server/teaching/quizzes/regrading/regrades.js';
import type { Place } from '../support/quizzes/made-up-attempts.js';
import { row } from '../support/rows.js';

/** Somebody rules on a question by chance, and the program carries it out; gives how many results were graded again. */
export async function ruleByChance({ courseSlug, quiz }: Place, actorId: string): Promise<number> {
  const by = { actorId, now: Date.now() };
  const item = quiz.items[randomInt(quiz.items.length)];
  const terms = {
    itemId: item?.id ?? '',
    kind: randomInt(3) === 0 ? ('lift' as const) : ('void' as const),
    fromVersion: 1,
    toVersion: 1,
    keyVersion: null,
    answers: [],
  };
  const withdrawalReason = randomInt(2) === 0 ? null : 'By chance';
  const id = await previewRegrade(
    { courseSlug, quiz: quiz.name, terms, reason: 'By chance', withdrawalReason },
    by,
  );
  await confirmRegrade(id, by);
  const event = await row<{ id: string }>(
    `select id from events where name = 'item.ruled' and payload like $1`,
    [`%${id}%`],
  );
  while ((await findRegrade(id))?.state === 'running') await applyRegrade(id, event?.id ?? '', by.now);
  return (await progressOfRegrade(id)).done;
}
