import { expect } from 'chai';
import { INVITATION_LIFETIME } from '../../../../../server/people/organisations/invitations/invite.js';
import { acceptInvitation } from '../../../../../server/people/organisations/invitations/accept.js';
import { joinInvited } from '../../../../../server/people/organisations/invitations/join-invited.js';
import { applyMemberChanges } from '../../../../../server/people/organisations/people/change-members.js';
import { formatDate } from '../../../../../server/platform/i18n/i18n.js';
import { newId } from '../../../../../server/platform/lib/ids.js';
import { linkMailedTo, mailsTo, tokenIn } from '../../../accounts/mails.js';
import { cleo, dina, PASSWORD, person, signedIn, type Person } from '../../../../support/people.js';
import { plain, send } from '../../../../support/pages.js';
import { appoint, otherOrganisation } from '../../../../support/roles.js';
import { row, rows, write } from '../../../../support/rows.js';
import { errorsOn, said } from '../../../../support/said.js';
import { ownWorld, world } from '../../../../support/world.js';

const UTC = { locale: 'en', timeZone: 'UTC' };

/** People of an organisation without an account, each with an address of their own; returns their memberships. */
async function listed(organisationId: string, count: number) {
  const people = Array.from({ length: count }, () => ({ email: `${newId()}@example.org`, number: newId() }));
  const changes = people.map(({ email, number }) => ({
    membershipId: null,
    fromDay: '2026-01-01',
    person: { name: 'Zoë Lindqvist', email, staffNumber: number },
  }));
  const outcome = await applyMemberChanges(
    { organisation: { id: organisationId, timeZone: 'UTC' }, importId: newId(), changes },
    { actorId: null, now: Date.now() },
  );
  if (outcome.kind === 'refused') throw new Error('nobody was added');
  return people.map(({ email }, at) => ({ email, id: outcome.membershipIds[at] ?? '' }));
}

interface Invited {
  readonly by: Person;
  readonly organisation: string;
  readonly home: string;
  readonly member: { readonly email: string; readonly id: string };
  readonly link: string;
}

async function invited(): Promise<Invited> {
  const [by, organisation] = [await dina(), await otherOrganisation()];
  const [member] = await listed(organisation, 1);
  if (!member) throw new Error('nobody was added');
  const home = `/organisations/${organisation}/invitations`;
  await send(by.browser, home, { membership: member.id });
  return { by, organisation, home, member, link: await linkMailedTo(member.email) };
}

const accountOf = async (membershipId: string) =>
  (await row<{ user_id: string | null }>('select user_id from memberships where id = $1', [membershipId]))
    ?.user_id;

const outcomes = (organisation: string) =>
  rows<{ outcome: string | null }>(
    'select outcome from invitations where organisation_id = $1 order by created_at, ended_at is null',
    [organisation],
  ).then(all => all.map(({ outcome }) => outcome));

const accept = async ({ browser }: Person, link: string, fields: Record<string, string> = {}) => {
  await browser.get(link);
  return browser.submit('/invitation', fields);
};

describe('an invitation', () => {
  ownWorld();

  it('begins with the name on the list, and keeps what is typed instead', async () => {
    const { link } = await invited();
    const visitor = world().visitor();
    const named = (page: { text: string }) => /name="name"[^>]*value="([^"]*)"/.exec(page.text)?.[1];
    expect(named(await visitor.get(link))).to.equal('Zoë Lindqvist');
    const again = await visitor.submit('/invitation/account', { name: 'Zoë L.', password: '' });
    expect([again.status, named(again)]).to.deep.equal([422, 'Zoë L.']);
  });

  it('that ran out is named with its days, in the list of whom to invite and on the page of the person', async () => {
    const { by, home, member, organisation } = await invited();
    const [never] = await listed(organisation, 1);
    const person = `/organisations/${organisation}/people/${member.id}`;
    const until = Date.now() - 3_600_000;
    await write('update invitations set created_at = $1, expires_at = $2 where membership_id = $3', [
      until - INVITATION_LIFETIME,
      until,
      member.id,
    ]);
    const { text } = await by.browser.get(home);
    const rowOf = (id = '') => new RegExp(`data-person="${id}">([\\s\\S]*?)</li>`).exec(text)?.[1] ?? '';
    expect(rowOf(member.id)).to.include('data-ran-out');
    expect(rowOf(never?.id)).to.include('value="').and.not.include('data-ran-out');
    expect(plain(text)).to.include(said('invitations.ranOutCount_one'));
    const [made, ended] = [until - INVITATION_LIFETIME, until].map(at => formatDate(at, UTC));
    const page = plain((await by.browser.get(person)).text);
    expect(page).to.include(said('people.inviteRanOut', { made: made ?? '', until: ended ?? '' }));
    expect(page).not.to.include(said('people.notInvited'));
    const other = plain((await by.browser.get(`/organisations/${organisation}/people/${never?.id}`)).text);
    expect(other).to.include(said('people.notInvited'));
  });

  it('joins the account of whoever holds the link and is signed in, once', async () => {
    const { member, organisation, link } = await invited();
    const account = await signedIn();
    await write('update users set email = $1 where id = $2', [member.email, account.id]);
    expect((await accept(account, link)).path).to.equal('/learning?done=invitation-accepted');
    expect(await accountOf(member.id)).to.equal(account.id);
    expect(await outcomes(organisation)).to.deep.equal(['accepted']);
    expect((await (await cleo()).browser.get(link)).status).to.equal(404);
    const told = await rows<{ name: string }>(
      `select name from events where organisation_id = $1 and name like 'invitation.%' order by seq`,
      [organisation],
    );
    expect(told.map(({ name }) => name)).to.deep.equal(['invitation.made', 'invitation.accepted']);
  });

  it('asks first where the account has another address', async () => {
    const { member, link } = await invited();
    const account = await signedIn();
    const asked = await accept(account, link);
    expect(asked.status).to.equal(422);
    expect(errorsOn(asked)).to.deep.equal({ isMine: said('invitation.confirmMine') });
    expect(await accountOf(member.id)).to.equal(null);
    await accept(account, link, { isMine: 'yes' });
    expect(await accountOf(member.id)).to.equal(account.id);
  });

  it('tells a stranger which organisation invites, and nothing else', async () => {
    const { member, link } = await invited();
    const [mail] = await mailsTo(member.email);
    const visitor = await world().visitor().get(link);
    const stranger = await (await cleo()).browser.get(link);
    expect(mail?.subject).to.equal(said('mail.subject.invitation'));
    for (const text of [mail?.text ?? '', plain(visitor.text), plain(stranger.text)]) {
      expect(text).to.include('Northern Air');
      expect(text).not.to.match(/Lindqvist|Zoë|traffick/i);
    }
    expect(plain(stranger.text)).not.to.include(member.email);
    // A visitor signs in and comes back.
    expect(visitor.text).to.include(`/sign-in?next=${encodeURIComponent(link)}`);
  });

  it('keeps only the hash of its link', async () => {
    const { link } = await invited();
    const found = await rows('select * from invitations');
    expect(JSON.stringify(found)).not.to.include(tokenIn(link));
  });

  it('works for 14 days, until it is withdrawn, sent again, or the address is corrected', async () => {
    const by = { userId: (await person()).id };
    const [first, second, third, fourth] = [
      await invited(),
      await invited(),
      await invited(),
      await invited(),
    ];
    const result = ({ link }: Invited, now = Date.now()) => acceptInvitation(tokenIn(link), { ...by, now });
    expect(await result(first, Date.now() + INVITATION_LIFETIME)).to.equal('no-link');

    await second.by.browser.get(second.home);
    const [withdrawal = ''] =
      /\/organisations\/[^"]+\/withdrawal/.exec(second.by.browser.last?.text ?? '') ?? [];
    await second.by.browser.submit(withdrawal);
    expect(await result(second)).to.equal('no-link');
    expect(await outcomes(second.organisation)).to.deep.equal(['withdrawn']);

    await send(third.by.browser, third.home, { membership: third.member.id });
    expect(await outcomes(third.organisation)).to.deep.equal(['replaced', null]);
    expect(await result(third)).to.equal('no-link');
    expect(await result({ ...third, link: await linkMailedTo(third.member.email) })).to.equal('accepted');

    await write('update membership_people set email = $1 where membership_id = $2', [
      'right@example.org',
      fourth.member.id,
    ]);
    expect(await result(fourth)).to.equal('no-link');
    expect((await fourth.by.browser.get(fourth.home)).text).to.include('data-state="outdated"');
  });

  it('that ran out mails a new link to its address, and shows nothing to whoever holds the old one', async () => {
    const { member, link } = await invited();
    const visitor = world().visitor();
    await write('update invitations set expires_at = 1 where membership_id = $1', [member.id]);
    const old = await visitor.get(link);
    expect(old.status).to.equal(404);
    expect(old.text).to.include('/invitation/renewal').and.not.include(member.email);
    const renewed = await visitor.submit('/invitation/renewal');
    expect(plain(renewed.text)).to.include(said('invitation.renewed')).and.not.include(member.email);
    const fresh = await linkMailedTo(member.email);
    expect(fresh).to.not.equal(link);
    expect((await visitor.get(fresh)).status).to.equal(200);
    // The link that works is mailed again, and goes on working.
    await send(visitor, '/invitation/renewal', { token: tokenIn(link) });
    expect(await linkMailedTo(member.email)).to.equal(fresh);
    expect(await mailsTo(member.email)).to.have.length(3);
  });

  it('is not renewed once it was withdrawn, accepted or corrected, by a made-up link, nor without end', async () => {
    const { member, link } = await invited();
    const token = tokenIn(link);
    const renew = () => send(world().visitor(), '/invitation/renewal', { token });
    for (const outcome of ['withdrawn', 'declined', 'bounced', 'accepted']) {
      await write('update invitations set ended_at = 1, outcome = $2 where membership_id = $1', [
        member.id,
        outcome,
      ]);
      expect(plain((await renew()).text), outcome).to.include(said('invitation.renewed'));
    }
    await write('update invitations set ended_at = 1, outcome = $2 where membership_id = $1', [
      member.id,
      'replaced',
    ]);
    await write('update membership_people set email = $2 where membership_id = $1', [
      member.id,
      'other@example.org',
    ]);
    await renew();
    await send(world().visitor(), '/invitation/renewal', { token: 'made-up' });
    expect(await mailsTo(member.email)).to.have.length(1);
    await write('update membership_people set email = $2 where membership_id = $1', [
      member.id,
      member.email,
    ]);
    const statuses: number[] = [];
    for (let time = 0; time < 5; time += 1) statuses.push((await renew()).status);
    expect(statuses).to.deep.equal([200, 200, 200, 200, 429]);
  });

  it('is turned down by its reader with a button, and then nobody is invited there together with others', async () => {
    const { by, home, member, link } = await invited();
    const visitor = world().visitor();
    const notForMe = link.replace('?', '/not-for-me?');
    expect((await visitor.get(notForMe)).text).to.not.include('data-declined');
    expect((await world().visitor().get(link)).status).to.equal(200);
    const done = await visitor.submit('/invitation/not-for-me');
    expect(done.text).to.include('data-declined');
    expect((await world().visitor().get(link)).status).to.equal(404);
    expect((await visitor.get(notForMe)).status).to.equal(404);
    await send(by.browser, `${home}/all`);
    expect(await mailsTo(member.email)).to.have.length(1);
    const page = await by.browser.get(home);
    expect(plain(page.text)).to.include(said('invitations.why.declined'));
    await send(by.browser, home, { membership: member.id });
    expect(await mailsTo(member.email)).to.have.length(2);
  });

  it('ends where its address does not exist, and the list says so', async () => {
    const { by, home, member } = await invited();
    world().mailbox.refuse(member.email, '550 5.1.1 No such user');
    await send(by.browser, home, { membership: member.id });
    await world().worker.drain();
    expect(
      (
        await row<{ outcome: string }>(
          'select outcome from invitations where membership_id = $1 order by created_at desc, ended_at desc limit 1',
          [member.id],
        )
      )?.outcome,
    ).to.equal('bounced');
    const page = await by.browser.get(home);
    expect(plain(page.text)).to.include(said('invitations.why.bounced'));
    world().mailbox.refuse(member.email, null);
    await send(by.browser, `${home}/all`);
    expect(await mailsTo(member.email)).to.have.length(1);
  });

  it('goes to nobody whose address is listed twice, until somebody says whose it is', async () => {
    const [by, organisation] = [await dina(), await otherOrganisation()];
    const [one, two] = await listed(organisation, 2);
    await write('update membership_people set email = $2 where membership_id = $1', [
      two?.id ?? '',
      one?.email ?? '',
    ]);
    const home = `/organisations/${organisation}/invitations`;
    const page = await by.browser.get(home);
    expect(page.text.split('data-why')).to.have.length(3);
    expect(page.text).to.not.include(`action="${home}/all"`);
    await send(by.browser, `${home}/all`);
    expect(await mailsTo(one?.email ?? '')).to.deep.equal([]);
    await send(by.browser, home, { membership: one?.id ?? '' });
    expect(await mailsTo(one?.email ?? '')).to.have.length(1);
  });

  it('makes an account for its address, signs it in and accepts, in one step', async () => {
    const { member, link } = await invited();
    const visitor = world().visitor();
    await visitor.get(link);
    const wrong = await visitor.submit('/invitation/account', { name: 'Zoë Lindqvist', password: 'short' });
    expect(errorsOn(wrong)).to.deep.equal({ password: said('errors.password-short') });
    expect(wrong.text).to.include('value="Zoë Lindqvist"');
    const right = { name: 'Zoë Lindqvist', password: PASSWORD };
    const joined = await visitor.submit('/invitation/account', right);
    expect(visitor.cookie, 'the browser is known').to.match(/\bdevice=[\w-]{22}\./);
    expect(joined.path).to.equal('/learning?done=invitation-accepted');
    const account = await row<{ email: string; name: string; email_confirmed_at: number | null }>(
      'select email, name, email_confirmed_at from users where id = $1',
      [(await accountOf(member.id)) ?? null],
    );
    expect(account).to.deep.include({ email: member.email, name: 'Zoë Lindqvist' });
    expect(Number(account?.email_confirmed_at)).to.be.greaterThan(0);
    expect((await world().visitor().get(link)).status).to.equal(404);
    // The invitation is the only mail: nothing is left to confirm, and the password signs in.
    expect(await mailsTo(member.email)).to.have.length(1);
    const phone = world().visitor();
    await phone.get('/sign-in');
    expect((await phone.submit('/sign-in', { email: member.email, password: PASSWORD })).path).to.equal(
      '/learning',
    );
  });

  it('asks who has an account with its address to sign in, and changes nothing of it', async () => {
    const { member, link } = await invited();
    const visitor = world().visitor();
    await visitor.get(link);
    const owner = await signedIn();
    await write('update users set email = $1 where id = $2', [member.email, owner.id]);
    const before = await row('select * from users where id = $1', [owner.id]);
    const refused = await visitor.submit('/invitation/account', { name: 'Zoë', password: PASSWORD });
    expect(refused.status).to.equal(409);
    expect(plain(refused.text)).to.include(said('invitation.signInFirst'));
    expect(await row('select * from users where id = $1', [owner.id])).to.deep.equal(before);
    expect(await accountOf(member.id)).to.equal(null);
    expect((await visitor.get('/account')).path).to.include('/sign-in');
  });

  it('takes over what somebody else signed up with its address and never confirmed', async () => {
    const { member, link } = await invited();
    const [thief, visitor] = [world().visitor(), world().visitor()];
    await thief.get('/sign-up');
    await thief.submit('/sign-up', {
      name: 'Somebody',
      email: member.email,
      password: 'another long password',
    });
    const confirmation = await linkMailedTo(member.email);
    await visitor.get(link);
    await visitor.submit('/invitation/account', { name: 'Zoë Lindqvist', password: PASSWORD });
    expect(await accountOf(member.id)).to.be.a('string');
    expect((await thief.get(confirmation)).status).to.equal(404);
    await thief.get('/sign-in');
    const tried = await thief.submit('/sign-in', { email: member.email, password: 'another long password' });
    expect(tried.path).to.equal('/sign-in');
  });

  it('makes one account however often its form is sent', async () => {
    const { member, link } = await invited();
    const results = await Promise.all(
      [1, 2].map(() => joinInvited({ token: tokenIn(link), name: 'Zoë', password: PASSWORD }, Date.now())),
    );
    expect(results.map(({ kind }) => kind).sort()).to.deep.equal(['joined', 'no-link']);
    expect(await rows('select id from users where email = $1', [member.email])).to.have.length(1);
  });

  it('leads whoever wants another address through the sign-up and back to it', async () => {
    const { member, link } = await invited();
    const [visitor, email] = [world().visitor(), `${newId()}@example.org`];
    const page = await visitor.get(link);
    const [, signUp = ''] = /href="(\/sign-up[^"]*)"/.exec(page.text) ?? [];
    const form = await visitor.get(signUp);
    expect(form.text).to.include(`/sign-in?next=${encodeURIComponent(link)}`);
    // What was typed wrongly loses nothing.
    await visitor.submit('/sign-up', { name: '', email, password: PASSWORD });
    await visitor.submit('/sign-up', { name: 'Zoë Lindqvist', email, password: PASSWORD });
    // The mail is opened on another device.
    const phone = world().visitor();
    await phone.get(await linkMailedTo(email));
    expect((await phone.submit('/confirm', { password: PASSWORD })).path).to.equal(link);
    expect(await accountOf(member.id)).to.equal(null);
    expect((await phone.submit('/invitation', { isMine: 'yes' })).path).to.include('invitation-accepted');
    expect(await accountOf(member.id)).to.be.a('string');
  });

  it('leads back after another confirmation mail, and nowhere where the link was made up', async () => {
    const { link } = await invited();
    for (const [from, to] of [
      [`/sign-up?invitation=${tokenIn(link)}`, link],
      ['/sign-up?invitation=made-up', '/learning?confirmed=1'],
    ] as const) {
      const [visitor, email] = [world().visitor(), `${newId()}@example.org`];
      await visitor.get(from);
      await visitor.submit('/sign-up', { name: 'Zoë Lindqvist', email, password: PASSWORD });
      await visitor.get('/sign-in');
      await visitor.submit('/sign-in', { email, password: PASSWORD });
      await visitor.get(await linkMailedTo(email));
      expect((await visitor.submit('/confirm', { password: PASSWORD })).path).to.equal(to);
    }
  });

  it('joins no second person of the organisation to one account', async () => {
    const { by, organisation, home, link } = await invited();
    const account = await signedIn();
    await accept(account, link, { isMine: 'yes' });
    const [other] = await listed(organisation, 1);
    await send(by.browser, home, { membership: other?.id ?? '' });
    const refused = await accept(account, await linkMailedTo(other?.email ?? ''), { isMine: 'yes' });
    expect(refused.status).to.equal(409);
    expect(plain(refused.text)).to.include(said('invitation.member'));
    expect(await accountOf(other?.id ?? '')).to.equal(null);
  });

  it('is one for each of two who accept at once', async () => {
    const { link, member } = await invited();
    const people = [await person(), await person()];
    const results = await Promise.all(
      people.map(({ id }) => acceptInvitation(tokenIn(link), { userId: id, now: Date.now() })),
    );
    expect([...results].sort()).to.deep.equal(['accepted', 'no-link']);
    expect(await accountOf(member.id)).to.equal(people[results.indexOf('accepted')]?.id);
  });

  it('goes to all who have none, and looks alike whether an address has an account', async () => {
    const [by, organisation] = [await dina(), await otherOrganisation()];
    const [known, unknown, left] = await listed(organisation, 3);
    await write('update users set email = $1 where id = $2', [known?.email ?? '', (await person()).id]);
    await write(`update memberships set employment = 'left' where id = $1`, [left?.id ?? '']);
    const home = `/organisations/${organisation}/invitations`;
    await by.browser.get(home);
    const page = await by.browser.submit(`${home}/all`);
    expect(await outcomes(organisation)).to.deep.equal([null, null]);
    const entry = (id = '') => new RegExp(`data-person="${id}"`).test(page.text);
    expect([entry(known?.id), entry(unknown?.id)]).to.deep.equal([false, false]);
    await send(by.browser, `${home}/all`);
    expect(await outcomes(organisation)).to.deep.equal([null, null]);
    expect(await mailsTo(left?.email ?? '')).to.deep.equal([]);
    expect(await mailsTo(known?.email ?? '')).to.have.length(1);
  });

  it('is sent by administrators of the organisation alone, and not without end', async () => {
    const { home, member, organisation } = await invited();
    const [manager, outsider] = [await signedIn(), await cleo()];
    await appoint(manager, 'manager', organisation);
    for (const { browser } of [manager, outsider]) {
      expect((await browser.get(home)).status).to.equal(404);
      expect((await send(browser, home, { membership: member.id })).status).to.equal(404);
      expect((await send(browser, `${home}/all`)).status).to.equal(404);
    }
    expect((await send(world().visitor(), home, { membership: member.id })).path).to.match(/^\/sign-in/);
    const by = await dina();
    expect((await send(by.browser, home, { membership: newId() })).status).to.equal(404);
    for (let time = 0; time < 4; time += 1) await send(by.browser, home, { membership: member.id });
    expect((await send(by.browser, home, { membership: member.id })).status).to.equal(429);
  });
});
