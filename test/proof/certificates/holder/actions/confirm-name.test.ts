import { expect } from 'chai';
import { certificateOf } from '../../../../../server/proof/certificates/queries.js';
import { confirmedName, confirmName } from '../../../../../server/teaching/learning/naming.js';
import { cleo, signedIn } from '../../../../support/people.js';
import { almostThrough, enrolled, freshCycle, takeQuiz } from '../../../../support/walk.js';
import { completed } from '../../../../support/holders.js';
import { count, write } from '../../../../support/rows.js';
import { plain, send } from '../../../../support/pages.js';
import { ownWorld, world } from '../../../../support/world.js';
import { said } from '../../../../support/said.js';

async function beforeTheFinal(name = 'Ada Marlow') {
  const learner = await signedIn({ name });
  const cycle = await enrolled(learner);
  await almostThrough(cycle, ['final']);
  const page = `/learning/${cycle.id}/name`;
  return { learner, browser: learner.browser, cycle, page, start: `/learning/${cycle.id}/quizzes/final` };
}

describe('the name on the certificate', () => {
  ownWorld();

  it('is required before the final: its start page leads there, and no attempt starts before', async () => {
    const { browser, cycle, page, start } = await beforeTheFinal();
    const { text } = await browser.get(start);
    expect(text).to.include(`href="${page}"`).and.not.include(`${start}/attempts`);
    expect((await send(browser, `${start}/attempts`)).path).to.equal(page);
    expect(await count(`attempts where cycle_id = $1 and quiz = 'final'`, [cycle.id])).to.equal(0);
  });

  it('is not required before the quiz of a module', async () => {
    const learner = await signedIn();
    const cycle = await enrolled(learner);
    await almostThrough(cycle, ['foundations', 'final']);
    const { text } = await learner.browser.get(`/learning/${cycle.id}/quizzes/foundations`);
    expect(text).to.include('/quizzes/foundations/attempts').and.not.include(`/learning/${cycle.id}/name`);
  });

  it('comes from the account, is confirmed as shown, and leads to the final', async () => {
    const { browser, cycle, page, start } = await beforeTheFinal();
    expect(plain((await browser.get(page)).text)).to.include(`Ada Marlow ${said('components.hasCompleted')}`);
    const after = await browser.submit(page, { act: 'confirm', name: 'Ada Marlow' });
    expect(after.path).to.equal(start);
    expect(plain(after.text)).to.include(`${said('naming.onCertificate')} Ada Marlow`);
    expect(after.text).to.include(`${start}/attempts`);
    expect((await confirmedName(cycle.id))?.name).to.equal('Ada Marlow');
    expect((await browser.submit(`${start}/attempts`)).path).to.match(/\/questions\/1$/);
  });

  it('is confirmed only as shown: another text in the field is shown first', async () => {
    const { browser, cycle, page } = await beforeTheFinal();
    await browser.get(page);
    const shown = await browser.submit(page, { act: 'confirm', name: 'Ada Brandt' });
    expect([shown.status, shown.path]).to.deep.equal([200, page]);
    expect(plain(shown.text)).to.include(`Ada Brandt ${said('components.hasCompleted')}`);
    expect(await confirmedName(cycle.id)).to.equal(null);
    await browser.submit(page, { act: 'confirm', name: 'Ada  Brandt' });
    expect((await confirmedName(cycle.id))?.name).to.equal('Ada Brandt');
  });

  it('leaves out emoji and says so, and keeps every script', async () => {
    const { browser, page } = await beforeTheFinal();
    await browser.get(page);
    const words = plain((await browser.submit(page, { act: 'show', name: 'Zoë 🌊 山田 محمد' })).text);
    expect(words).to.include(said('naming.leftOut')).and.include('Zoë 山田 محمد').and.not.include('🌊');
  });

  it('is refused when it is empty or too long, and the form keeps what was typed', async () => {
    const { browser, cycle, page } = await beforeTheFinal();
    for (const name of ['', '🌊', 'a'.repeat(201)]) {
      await browser.get(page);
      const again = await browser.submit(page, { act: 'confirm', name });
      expect(again.status, name).to.equal(422);
      expect(again.text).to.include(`value="${name}"`);
    }
    expect(await confirmedName(cycle.id)).to.equal(null);
  });

  it('is printed even when the account’s name changes, and every confirmation is stored', async () => {
    const { learner, cycle } = await beforeTheFinal();
    for (const name of ['Ada Marlow', 'Ada M. Brandt', 'Ada M. Brandt'])
      await confirmName(cycle, name, Date.now());
    await write('update users set name = $1 where id = $2', ['Somebody Else', learner.id]);
    await takeQuiz(cycle, 'final');
    await world().worker.drain();
    expect((await certificateOf(cycle.id))?.facts.name).to.equal('Ada M. Brandt');
    expect(await count('confirmed_names where cycle_id = $1', [cycle.id])).to.equal(2);
  });

  it('is fixed once the course is completed', async () => {
    const learner = await signedIn();
    const { cycle } = await completed(learner);
    expect((await learner.browser.get(`/learning/${cycle.id}/name`)).path).to.equal(`/learning/${cycle.id}`);
    const late = await send(learner.browser, `/learning/${cycle.id}/name`, {
      name: 'Cleo',
      shown: 'Cleo',
      act: 'confirm',
    });
    expect(late.status).to.equal(409);
    expect(await confirmedName(cycle.id)).to.equal(null);
  });

  it('is one row for twenty clicks at the same time', async () => {
    const { cycle } = await beforeTheFinal();
    await Promise.all(Array.from({ length: 20 }, () => confirmName(cycle, 'Ada Marlow', Date.now())));
    expect(await count('confirmed_names where cycle_id = $1', [cycle.id])).to.equal(1);
  });

  it('returns 404 to others, and asks visitors to sign in', async () => {
    const { cycle, page } = await beforeTheFinal();
    const outsider = await cleo();
    expect((await outsider.browser.get(page)).status).to.equal(404);
    expect((await send(outsider.browser, page, { name: 'X', shown: 'X', act: 'confirm' })).status).to.equal(
      404,
    );
    expect((await world().visitor().get(page)).path).to.include('/sign-in');
    expect((await freshCycle(cycle)).completedAt).to.equal(null);
  });
});
