import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { allowanceOf, extraTimesOf } from '../../../../server/teaching/quizzes/attempts/time/extra-time.js';
import { openOrganisation } from '../../../../server/people/organisations/memberships.js';
import { attemptsAt } from '../../../../server/teaching/quizzes/attempts/attempts.js';
import { startAttempt } from '../../../../server/teaching/quizzes/attempts/start/start.js';
import { csrfOf } from '../../../people/accounts/browser.js';
import { ada, cleo, dina } from '../../../support/people.js';
import { under } from '../../../support/quizzes/policies.js';
import { appoint, dismiss, otherOrganisation } from '../../../support/roles.js';
import { count } from '../../../support/rows.js';
import { MODULE, takeQuiz, workThrough } from '../../../support/walk.js';
import { plain, send } from '../../../support/pages.js';
import { wrongAnswer } from '../../../support/answers.js';
import { inBoxes } from '../../../support/dates.js';
import { said } from '../../../support/said.js';
import { ownWorld, world } from '../../../support/world.js';

const agreement = {
  allowance: '50',
  agreedBy: 'The head of training',
  ...inBoxes('agreedOn', '2026-11-24'),
  ...inBoxes('until', '--'),
};
const MINUTE = 60_000;

async function onPage(policy: Parameters<typeof under>[0] = { timeLimit: 20 }) {
  const admin = await dina();
  const learner = await under(policy);
  const home = `/admin/people/${learner.learner.id}`;
  const member = { userId: learner.learner.id, organisationId: learner.cycle.organisationId };
  await admin.browser.get(home);
  return { admin, office: admin.browser, ...learner, home, member };
}

describe('extra time', () => {
  ownWorld();
  it('is agreed on the page of a person, and holds from the next attempt on', async () => {
    const { office, home, learner, cycle, quiz, member, browser, start } = await onPage();
    expect((await office.get(`/admin/people?query=${learner.email}`)).text).to.include(`href="${home}"`);
    await office.get(home);
    const page = await office.submit(`${home}/extra-times`, agreement);
    expect(page.path).to.equal(`${home}?kept`);
    const words = plain(page.text);
    expect(words).to.include(said('person.kept'));
    const agreed = said('person.agreed', { date: '24 November 2026', name: agreement.agreedBy });
    const until = said('person.untilText', { date: said('person.noEnd') });
    expect(words).to.include(`${said('person.allowance.50')} ${agreed} ${until}`);
    expect(words).to.include(said('person.recordedBy', { name: 'Dina Aziz', date: '' }));
    expect(await allowanceOf(member, Date.now())).to.equal('50');
    expect(plain((await browser.get(start)).text)).to.include(said('limits.rule.extra'));
    const now = Date.now();
    expect((await startAttempt(cycle, quiz, now)).deadlineAt).to.equal(now + 30 * MINUTE);
  });

  it('is recorded as an event, without a reason', async () => {
    const { office, home, learner } = await onPage();
    await office.submit(`${home}/extra-times`, { ...agreement, reason: 'a diagnosis' });
    const like = [`%${learner.id}%`];
    expect(await count(`events where name = 'extra-time.agreed' and payload like $1`, like)).to.equal(1);
    expect(await count(`events where payload like $1`, ['%diagnosis%'])).to.equal(0);
  });

  it('keeps what was typed and names what to correct', async () => {
    const { office, home, member } = await onPage();
    const wrong: [object, string][] = [
      [{ allowance: '' }, 'errors.allowance'],
      [{ allowance: '75' }, 'errors.allowance'],
      [{ agreedBy: ' ' }, 'errors.agreedBy'],
      [{ agreedBy: 'x'.repeat(201) }, 'errors.agreedBy'],
      [inBoxes('agreedOn', '--'), 'errors.agreedOn'],
      [inBoxes('agreedOn', '2026-02-30'), 'errors.agreedOn'],
      [inBoxes('agreedOn', '2999-01-01'), 'errors.agreedOn'],
      [inBoxes('until', '2020-01-01'), 'errors.until'],
      [inBoxes('until', 'soon-1-1'), 'errors.until'],
      [{ number: 'x' }, 'errors.again'],
    ];
    for (const [change, problem] of wrong) {
      const form = { ...agreement, agreedBy: 'Nobody else', ...change };
      const page = await office.submit(`${home}/extra-times`, form);
      expect(page.status, JSON.stringify(change)).to.equal(422);
      expect(plain(page.text)).to.include(said(problem));
      if (form.agreedBy === 'Nobody else') expect(page.text).to.include('value="Nobody else"');
    }
    expect(await extraTimesOf(member)).to.deep.equal([]);
  });

  it('is recorded once when the form is sent several times', async () => {
    const { office, home, member } = await onPage();
    await Promise.all([1, 2, 3].map(() => office.submit(`${home}/extra-times`, agreement)));
    expect(await extraTimesOf(member)).to.have.length(1);
  });
});

describe('extra time of a learner with another organisation than the open one', () => {
  ownWorld();
  it('is recorded in the organisation of the cycle, and holds there from the next attempt on', async () => {
    const { id: actorId, browser: office } = await dina();
    const { learner, cycle, quiz, start, browser } = await under(
      { timeLimit: 20 },
      MODULE,
      await otherOrganisation(),
    );
    await dismiss(learner);
    const home = `/admin/people/${learner.id}`;
    const form = await office.get(home);
    expect(form.text).not.to.include('name="organisation"');
    expect((await office.submit(`${home}/extra-times`, agreement)).path).to.equal(`${home}?kept`);
    const [agreed] = await extraTimesOf({ userId: learner.id, organisationId: cycle.organisationId });
    expect(agreed).to.include({ allowance: '50', number: 1 });
    expect(await count('extra_times where user_id = $1', [learner.id])).to.equal(1);
    const told = { name: 'extra-time.agreed', organisationId: cycle.organisationId, actorId };
    expect(
      await count('events where name = $1 and organisation_id = $2 and actor_id = $3', Object.values(told)),
    ).to.equal(1);
    await browser.get(start);
    const now = Date.now();
    expect((await startAttempt(cycle, quiz, now)).deadlineAt).to.equal(now + 30 * MINUTE);
  });

  it('asks which organisation agreed where there are several, and accepts no other', async () => {
    const { browser: office } = await dina();
    const { learner, cycle } = await under({ timeLimit: 20 }, MODULE, await otherOrganisation());
    const { id: open } = await openOrganisation();
    const home = `/admin/people/${learner.id}`;
    const { text } = await office.get(home);
    for (const id of [open, cycle.organisationId])
      expect(text).to.include(`name="organisation" value="${id}"`);
    for (const organisation of ['', randomUUID(), await otherOrganisation()]) {
      const page = await office.submit(`${home}/extra-times`, { ...agreement, organisation });
      expect(page.status).to.equal(422);
      expect(page.text).to.include('href="#organisation"').and.include('value="The head of training"');
    }
    expect(await count('extra_times where user_id = $1', [learner.id])).to.equal(0);
    const chosen = { ...agreement, organisation: cycle.organisationId };
    expect((await office.submit(`${home}/extra-times`, chosen)).path).to.equal(`${home}?kept`);
    const now = Date.now();
    expect(await allowanceOf(cycle, now)).to.equal('50');
    expect(await allowanceOf({ userId: learner.id, organisationId: open }, now)).to.equal('none');
    await office.submit(`${home}/extra-times`, { ...agreement, allowance: '25', organisation: open });
    expect(await allowanceOf({ userId: learner.id, organisationId: open }, now)).to.equal('25');
    expect(await allowanceOf(cycle, now)).to.equal('50');
  });
});

describe('an administrator about themselves', () => {
  ownWorld();
  it('can neither agree extra time nor grant an attempt, and is offered neither', async () => {
    const admin = await dina();
    const home = `/admin/people/${admin.id}`;
    const page = await admin.browser.get(home);
    expect(page.status).to.equal(200);
    expect(page.text).not.to.include(`action="${home}/extra-times"`).and.not.include('attempt-grants');
    const _csrf = csrfOf(await admin.browser.get('/account'));
    for (const form of ['extra-times', 'attempt-grants'])
      expect((await admin.browser.post(`${home}/${form}`, { _csrf, ...agreement })).status, form).to.equal(
        403,
      );
    expect(await count('extra_times where user_id = $1', [admin.id])).to.equal(0);
    const other = await dina();
    await other.browser.get(home);
    expect((await other.browser.submit(`${home}/extra-times`, agreement)).status).to.equal(200);
  });
});

describe('one more attempt', () => {
  ownWorld();
  it('is granted once when the form is sent twice, and lets the learner start', async () => {
    const { office, home, cycle, quiz, browser, start } = await onPage({ attempts: 1, ask: 'Ask us.' });
    await takeQuiz(cycle, quiz.name, wrongAnswer);
    await workThrough(cycle, quiz);
    const page = await office.get(home);
    expect(plain(page.text)).to.include(
      `${said('person.used', { count: 1 })} ${said('person.left', { count: 0 })}`,
    );
    const [granted] = await Promise.all([1, 2].map(() => office.submit(`${home}/attempt-grants`)));
    expect(plain(granted?.text ?? '')).to.include(said('person.granted'));
    expect(await count('attempt_grants where cycle_id = $1', [cycle.id])).to.equal(1);
    await browser.get(start);
    expect((await browser.submit(`${start}/attempts`)).path).to.match(/questions\/1$/);
    expect(await attemptsAt(cycle.id, quiz.name)).to.have.length(2);
  });

  it('is offered at a window of tries, which says when the next opens by itself', async () => {
    const window = { tries: 2, days: 7, waits: [0] };
    const { office, home, cycle, quiz, browser, start } = await onPage({ window, ask: 'Ask us.' });
    for (let n = 0; n < window.tries; n += 1) {
      await takeQuiz(cycle, quiz.name, wrongAnswer);
      await workThrough(cycle, quiz);
    }
    expect(plain((await office.get(home)).text))
      .to.include(said('person.left', { count: 0 }))
      .and.include(said('person.within', { days: said('limits.days', { count: 7 }) }))
      .and.include(said('person.opens', { wait: '' }).replace(/\W+$/, ''));
    await office.submit(`${home}/attempt-grants`);
    await browser.get(start);
    expect((await browser.submit(`${start}/attempts`)).path).to.match(/questions\/1$/);
  });

  it('is refused with 404 for another person’s cycle, an unknown quiz, or one without a limit', async () => {
    const { office, home, cycle, quiz } = await onPage({});
    const other = await under({ attempts: 1 });
    await takeQuiz(other.cycle, quiz.name, wrongAnswer);
    const tries = [
      { cycle: cycle.id, quiz: quiz.name, number: '1' },
      { cycle: other.cycle.id, quiz: quiz.name, number: '1' },
      { cycle: randomUUID(), quiz: quiz.name, number: '1' },
      { cycle: cycle.id, quiz: 'nothing', number: '1' },
    ];
    for (const fields of tries) {
      expect((await send(office, `${home}/attempt-grants`, fields)).status).to.equal(404);
    }
    expect(await count('attempt_grants where cycle_id in ($1, $2)', [cycle.id, other.cycle.id])).to.equal(0);
  });
});

describe('a person’s page', () => {
  ownWorld();
  it('returns 404 to learners and managers', async () => {
    const { home, member } = await onPage();
    const [learner, manager] = [await ada(), await cleo()];
    await appoint(manager, 'manager');
    for (const { browser } of [learner, manager]) {
      expect((await browser.get(home)).status).to.equal(404);
      expect((await send(browser, `${home}/extra-times`, { ...agreement, number: '1' })).status).to.equal(
        404,
      );
      expect((await send(browser, `${home}/attempt-grants`, {})).status).to.equal(404);
    }
    const visitor = world().visitor();
    expect((await send(visitor, `${home}/extra-times`, { ...agreement, number: '1' })).path).to.equal(
      '/sign-in',
    );
    expect(await extraTimesOf(member)).to.deep.equal([]);
  });

  it('returns 404 for an unknown person, and 403 without the token of a page', async () => {
    const { office, home, member } = await onPage();
    for (const id of ['x', randomUUID()]) {
      expect((await office.get(`/admin/people/${id}`)).status).to.equal(404);
      expect((await send(office, `/admin/people/${id}/extra-times`, agreement)).status).to.equal(404);
    }
    expect((await office.post(`${home}/extra-times`, { ...agreement, number: '1' })).status).to.equal(403);
    expect(await extraTimesOf(member)).to.deep.equal([]);
  });
});
