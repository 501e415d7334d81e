import { expect } from 'chai';
import { accountLimits } from '../../../../../server/people/accounts/account-limits.js';
import { newId } from '../../../../../server/platform/lib/ids.js';
import { codeWithId } from '../../../../../server/people/organisations/joining/join-codes.js';
import { joinByCode } from '../../../../../server/people/organisations/joining/join.js';
import { joinLimits } from '../../../../../server/people/organisations/joining/join-limits.js';
import { endEmployment } from '../../../../../server/people/organisations/people/members.js';
import { linkMailedTo, mailsTo } from '../../../accounts/mails.js';
import { visitorFrom } from '../../../../platform/http/security/limits.js';
import { employer, member, unit } from '../../../../support/organisations.js';
import { PASSWORD, person, signedIn } from '../../../../support/people.js';
import { plain } from '../../../../support/pages.js';
import { otherOrganisation } from '../../../../support/roles.js';
import { count, row, write } from '../../../../support/rows.js';
import { errorsOn, said } from '../../../../support/said.js';
import { ownWorld, world } from '../../../../support/world.js';
import { codeOf, joined, memberWith, newcomer, opened, signUpBy, toldOf } from '../of-codes.js';

const idOf = async (code: string): Promise<string> =>
  (await row<{ id: string }>('select id from join_codes where code = $1', [code]))?.id ?? '';

const stateOn = (page: { text: string }): string | undefined => /data-state="([\w-]+)"/.exec(page.text)?.[1];

describe('joining by a code', () => {
  ownWorld();

  it('with a name and a mailed link makes a member in the unit, who comes to the course on any device', async () => {
    const organisation = await employer();
    const unitId = await unit(organisation, 'Class of Monday');
    const code = await codeOf(organisation.id, { unitId, courseSlug: 'volunteers' });
    const browser = world().visitor();
    const page = await browser.get(`/join?code=${code.slice(0, 4).toLowerCase()}%20${code.slice(4)}`);
    expect(page).to.include({ status: 200, path: `/join/${code}` });
    for (const shown of [organisation.name, 'Class of Monday']) expect(plain(page.text)).to.include(shown);
    const zoe = newcomer();
    const sent = await browser.submit(`/join/${code}`, { ...zoe, password: '' });
    expect(sent).to.include({ status: 200, path: `/join/${code}/sent` });
    const phone = await opened(zoe.email);
    expect(phone.last).to.include({ status: 200, path: '/courses/volunteers?done=joined' });
    expect(plain(phone.last?.text ?? '')).to.include(said('done.joined'));
    expect(await memberWith(organisation.id, zoe.email)).to.include({ unit: unitId, employment: 'active' });
    expect((await codeWithId(await idOf(code)))?.joined).to.equal(1);
    expect(await toldOf(organisation.id)).to.deep.equal(['join-code.made', 'join-code.used']);
    expect(await mailsTo(zoe.email)).to.have.length(1);
  });

  it('with a password is confirmed by it, and joins then', async () => {
    const organisation = await otherOrganisation();
    const code = await codeOf(organisation);
    const zoe = newcomer();
    await signUpBy(code, { ...zoe, password: PASSWORD });
    expect(await memberWith(organisation, zoe.email)).to.equal(null);
    const browser = await opened(zoe.email);
    expect(browser.last?.path).to.equal('/learning?done=joined');
    expect(await memberWith(organisation, zoe.email)).to.include({ employment: 'active' });
  });

  it('is one press for somebody who is signed in, and a clear answer for a member', async () => {
    const organisation = await otherOrganisation();
    const code = await codeOf(organisation, { courseSlug: 'volunteers' });
    const { browser, email } = await signedIn();
    await browser.get(`/join/${code}`);
    expect((await browser.submit(`/join/${code}/membership`)).path).to.equal(
      '/courses/volunteers?done=joined',
    );
    expect(await memberWith(organisation, email)).to.include({ employment: 'active' });
    const again = await browser.get(`/join/${code}`);
    expect(plain(again.text)).to.include(said('join.member'));
    expect(again.text).not.to.include(`/join/${code}/membership`);
    expect((await codeWithId(await idOf(code)))?.joined).to.equal(1);
  });

  it('gives somebody with an account a link that joins, and the page does not tell who has one', async () => {
    const organisation = await otherOrganisation();
    const code = await codeOf(organisation);
    const known = await person();
    const pages = [];
    for (const password of ['', PASSWORD])
      for (const email of [known.email, newcomer().email])
        pages.push(await signUpBy(code, { name: 'Mallory', email, password }));
    const steady = ({ text }: { text: string }) => text.replace(/nonce="[^"]*"|value="[^"]*"/g, '');
    for (const page of pages) expect(steady(page)).to.equal(steady(pages[0] ?? { text: '' }));
    expect(await linkMailedTo(known.email)).to.match(/^\/arrival\?/);
    const browser = await opened(known.email);
    expect(browser.last?.path).to.equal('/learning?done=joined');
    expect(await memberWith(organisation, known.email)).to.include({ employment: 'active' });
    const name = await row<{ name: string }>('select name from users where id = $1', [known.id]);
    expect(name?.name).to.equal(known.name);
  });

  it('leaves nobody a password that somebody else chose for the address', async () => {
    const code = await codeOf(await otherOrganisation());
    const zoe = newcomer();
    await signUpBy(code, zoe);
    const link = await linkMailedTo(zoe.email);
    const stranger = world().visitor();
    await stranger.get('/sign-up');
    await stranger.submit('/sign-up', { ...zoe, password: PASSWORD });
    const browser = world().visitor();
    await browser.get(link);
    await browser.submit('/arrival');
    await stranger.get('/sign-in');
    expect((await stranger.submit('/sign-in', { email: zoe.email, password: PASSWORD })).status).to.equal(
      422,
    );
  });

  it('finds the place that the organisation has for the address, and an invitation to it is accepted', async () => {
    const organisation = await employer();
    const [home, other] = [await unit(organisation, 'Oslo'), await unit(organisation, 'Lyon')];
    const code = await codeOf(organisation.id, { unitId: other });
    const listed = await member(organisation, { home: { unitId: home, job: 'cabin-crew' } });
    const zoe = newcomer();
    await write('update membership_people set email = $1 where membership_id = $2', [zoe.email, listed]);
    await write(
      `insert into invitations (id, organisation_id, membership_id, email, token_hash, invited_by, created_at, expires_at)
       values ($1, $2, $3, $4, $1, $1, 1, 2)`,
      [newId(), organisation.id, listed, zoe.email],
    );
    await joined(code, { person: zoe });
    expect(await memberWith(organisation.id, zoe.email)).to.include({ id: listed, unit: home });
    expect(await count('memberships where organisation_id = $1', [organisation.id])).to.equal(1);
    expect(await count(`invitations where outcome = 'accepted' and membership_id = $1`, [listed])).to.equal(
      1,
    );
  });

  it('brings back somebody who left, and places a member who works nowhere yet', async () => {
    const organisation = await employer();
    const [first, second] = [await unit(organisation, 'First'), await unit(organisation, 'Second')];
    const none = await codeOf(organisation.id);
    const zoe = await joined(none);
    const before = await memberWith(organisation.id, zoe.email);
    expect(before?.unit).to.equal(null);
    const toFirst = await codeOf(organisation.id, { unitId: first });
    await zoe.browser.get(`/join/${toFirst}`);
    await zoe.browser.submit(`/join/${toFirst}/membership`);
    expect(await memberWith(organisation.id, zoe.email)).to.deep.equal({ ...before, unit: first });
    await endEmployment({
      organisation,
      membershipId: before?.id ?? '',
      fromDay: new Date().toISOString().slice(0, 10),
      actorId: null,
      now: Date.now(),
    });
    const toSecond = await codeOf(organisation.id, { unitId: second });
    await joined(toSecond, { person: { name: 'Zoë', email: zoe.email } });
    expect(await memberWith(organisation.id, zoe.email)).to.deep.equal({
      id: before?.id,
      unit: second,
      employment: 'active',
    });
  });

  it('gives the last place to one of ten who ask at once', async () => {
    const organisation = await otherOrganisation();
    const id = await idOf(await codeOf(organisation, { mostPeople: 1 }));
    const people = await Promise.all(Array.from({ length: 10 }, () => person()));
    const outcomes = await Promise.all(
      people.map(({ id: userId }) => joinByCode(id, { userId, now: Date.now() })),
    );
    expect(outcomes.sort()).to.deep.equal([...Array.from({ length: 9 }, () => 'full'), 'joined']);
    expect(await count('memberships where organisation_id = $1', [organisation])).to.equal(1);
  });

  it('says why it does not work: before its day, after it, ended, full, paused; and again behind a link', async () => {
    const organisation = await otherOrganisation();
    const cases: Record<string, string> = {
      early: await codeOf(organisation, { fromDay: '2999-01-01' }),
      over: await codeOf(organisation, { untilDay: '2020-01-02' }),
      full: await codeOf(organisation, { mostPeople: 1 }),
    };
    await joined(cases.full ?? '');
    const late = newcomer();
    const open = await codeOf(organisation);
    await signUpBy(open, late);
    for (const [state, code] of Object.entries(cases)) {
      const page = await world().visitor().get(`/join/${code}`);
      expect(stateOn(page), state).to.equal(state);
      expect(page.text, state).not.to.include('name="email"');
    }
    await write('update join_codes set ended_at = 1 where code = $1', [open]);
    const browser = await opened(late.email);
    expect(browser.last?.path).to.equal(`/join/${open}`);
    expect(stateOn(browser.last ?? { text: '' })).to.equal('over');
    expect((await browser.get('/account')).path).to.equal('/account');
    expect(await memberWith(organisation, late.email)).to.equal(null);
    await write(`update organisations set suspended_at = 1 where id = $1`, [organisation]);
    await write('update join_codes set ended_at = null where code = $1', [open]);
    expect(stateOn(await browser.get(`/join/${open}`))).to.equal('paused');
    const visitor = world().visitor();
    await visitor.get('/sign-in');
    const token = /name="_csrf" value="([^"]*)"/.exec(visitor.last?.text ?? '')?.[1] ?? '';
    const answer = await visitor.post(`/join/${open}`, { _csrf: token, ...newcomer(), password: '' });
    expect([answer.status, stateOn(answer)]).to.deep.equal([409, 'paused']);
  });

  it('asks for what is missing, and keeps what was typed', async () => {
    const code = await codeOf(await otherOrganisation());
    const page = await signUpBy(code, { name: 'Zoë', email: 'zoe at example', password: 'short' });
    expect(page.status).to.equal(422);
    expect(errorsOn(page)).to.deep.equal({
      email: said('errors.email'),
      password: said('errors.password-short'),
    });
    expect(page.text).to.include('value="zoe at example"');
    const wrong = await world().visitor().get('/join?code=12');
    expect([wrong.status, errorsOn(wrong)]).to.deep.equal([422, { code: said('errors.join-code') }]);
    const unknown = await world().visitor().get('/join/7KM4QX9R');
    expect([unknown.status, errorsOn(unknown)]).to.deep.equal([
      404,
      { code: said('errors.join-code-unknown') },
    ]);
  });

  it('is open to sixty people behind one address within five minutes', async () => {
    const organisation = await otherOrganisation();
    const code = await codeOf(organisation);
    const people = Array.from({ length: 60 }, newcomer);
    for (const [at, somebody] of people.entries()) {
      const browser = visitorFrom('203.0.113.60');
      // Every third types a wrong code first.
      if (at % 3 === 0) await browser.get('/join/7KM4QX9R');
      expect((await signUpBy(code, somebody, browser)).path, `person ${at}`).to.equal(`/join/${code}/sent`);
    }
    for (const { email } of people) {
      const browser = visitorFrom('203.0.113.60');
      await browser.get(await linkMailedTo(email));
      expect((await browser.submit('/arrival')).path).to.equal('/learning?done=joined');
    }
    expect(await count('memberships where organisation_id = $1', [organisation])).to.equal(60);
  });

  it('stops whoever guesses codes, in one network, and a form that is sent without end', async () => {
    const code = await codeOf(await otherOrganisation());
    const [guesser, elsewhere] = [visitorFrom('203.0.113.61'), visitorFrom('203.0.113.62')];
    for (let time = 0; time < joinLimits.guess.points; time += 1)
      expect((await guesser.get('/join/7KM4QX9R')).status).to.equal(404);
    expect((await guesser.get('/join/7KM4QX9C')).status).to.equal(429);
    // Nor is the guesser told which codes there are.
    expect((await guesser.get(`/join/${code}`)).status).to.equal(429);
    expect((await elsewhere.get(`/join/${code}`)).status).to.equal(200);

    const zoe = newcomer();
    for (let time = 0; time < accountLimits.confirmMail.points + 3; time += 1) await signUpBy(code, zoe);
    expect((await mailsTo(zoe.email)).length).to.equal(accountLimits.confirmMail.points);
    await world().worker.drain();
    await write(`update rate_limits set points = $1 where key like 'join-code:%'`, [joinLimits.code.points]);
    const page = await signUpBy(code, newcomer());
    expect(page.status).to.equal(429);
  });
});
