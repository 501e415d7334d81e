import { expect } from 'chai';
import { eraseQuizzes } from '../../../../server/teaching/quizzes/erase-quizzes.js';
import { previewRegrade } from '../../../../server/teaching/quizzes/regrading/preview/preview-regrade.js';
import { rightAnswer } from '../../../support/answers.js';
import { keep, madeUpAttempt, ownPlace, sweep } from '../../../support/quizzes/made-up-attempts.js';
import { count, rows } from '../../../support/rows.js';
import { ownWorld } from '../../../support/world.js';
import { by, ownRegrader } from './regrading.js';

describe('the result of somebody who was erased', () => {
  ownWorld();
  ownRegrader();
  after(sweep);

  it('holds no words, whichever of its fields they were written in', async () => {
    const place = await ownPlace({ quiz: 'see-respond-report' });
    const [item] = place.quiz.items.filter(({ type }) => type === 'report');
    for (const field of ['time', 'place', 'words']) {
      const written = { [field]: 'She said: at 14:05 by the lift' };
      const made = madeUpAttempt(place, { items: item ? [item] : [], answer: () => written });
      await keep([made]);
      await eraseQuizzes({ userId: made.user, membershipIds: [] }, { now: Date.now() });
      const [record] = await rows<{ response: string }>(
        'select response from attempt_answers where attempt_id = $1',
        [made.attempt],
      );
      expect(record?.response, field).to.match(/"erased"/);
      expect(record?.response, field).to.not.include('14:05');
    }
  });

  it('keeps what a record was worth whose words are gone, when another question is ruled on', async () => {
    const place = await ownPlace({ quiz: 'see-respond-report' });
    const of = (type: string, most: number) =>
      place.quiz.items.filter(item => item.type === type).slice(0, most);
    const items = [...of('report', 1), ...of('single', 9)];
    const made = madeUpAttempt(place, { items, answer: rightAnswer });
    await keep([made]);
    for (let times = 0; times < 2; times += 1)
      await eraseQuizzes({ userId: made.user, membershipIds: [] }, { now: Date.now() });
    const [record] = await rows<{ response: string }>(
      'select response from attempt_answers where attempt_id = $1 and slot = 1',
      [made.attempt],
    );
    const { erased, ...words } = JSON.parse(record?.response ?? '{}') as Record<string, string>;
    expect([erased, ...new Set(Object.values(words))]).to.deep.equal(['100', '']);
    const terms = { itemId: items[2]?.id ?? '', kind: 'void', fromVersion: 1, toVersion: 1 } as const;
    const id = await previewRegrade(
      {
        ...{ courseSlug: place.courseSlug, quiz: place.quiz.name, reason: 'Two answers are right' },
        ...{ withdrawalReason: null, terms: { ...terms, keyVersion: null, answers: [] } },
      },
      by(),
    );
    expect(await count('regrade_lines where regrade_id = $1', [id])).to.equal(0);
  });
});
