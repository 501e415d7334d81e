import { expect } from 'chai';
import type { Client } from '../../../../../server/workshop/smoke/client.js';
import { hasAddress } from '../../../../../server/people/accounts/no-address.js';
import { accountLimits } from '../../../../../server/people/accounts/account-limits.js';
import { SESSION_IDLE, SHARED_IDLE } from '../../../../../server/platform/http/security/sessions.js';
import { enterFirst } from '../../../../../server/people/organisations/entry/enter.js';
import { entryLimits } from '../../../../../server/people/organisations/entry/entry-limits.js';
import { endEmployment } from '../../../../../server/people/organisations/people/members.js';
import { sessionIdOf } from '../../../accounts/browser.js';
import { sha256 } from '../../../../../server/platform/lib/tokens.js';
import { employer } from '../../../../support/organisations.js';
import { plain } from '../../../../support/pages.js';
import { dina, signedIn } from '../../../../support/people.js';
import { count, row, rows, write } from '../../../../support/rows.js';
import { errorsOn, said } from '../../../../support/said.js';
import { ownWorld, world } from '../../../../support/world.js';
import { cardOf, comeIn, PIN, signInBy, withCard } from '../of-cards.js';

const accountOf = (membership: string) =>
  row<{ id: string; email: string; name: string }>(
    'select u.id, u.email, u.name from memberships m join users u on u.id = m.user_id where m.id = $1',
    [membership],
  );

const expiryOf = async (cookie: string) =>
  row<{ touched: number; expires: number }>(
    'select touched_at as touched, expires_at as expires from sessions where id_hash = $1',
    [sha256(sessionIdOf(cookie))],
  );

describe('coming in without an e-mail address', () => {
  ownWorld();

  it('by a card makes the account of the listed person, and a PIN signs in from then on', async () => {
    const organisation = await employer();
    const card = await withCard(organisation, { name: 'Mara Lind' });
    const typed = { ...card, organisation: card.organisation.toLowerCase(), staffNumber: ' k0042 ' };
    const first = await comeIn({
      ...typed,
      code: `${card.code.slice(0, 4)} ${card.code.slice(4).toLowerCase()}`,
    });
    expect(first.last).to.include({ status: 200, path: '/learning' });
    const account = await accountOf(card.membership);
    expect(account?.name).to.equal('Mara Lind');
    expect(hasAddress(account?.email ?? '')).to.equal(false);
    expect(plain((await first.get('/account')).text)).to.not.include(account?.email);
    const again = await signInBy(card);
    expect(again.last).to.include({ status: 200, path: '/learning' });
    expect((await again.get('/certificates')).status).to.equal(200);
    const told = await rows<{ name: string }>(
      `select name from events where organisation_id = $1 and name like 'entry-code%' order by seq`,
      [organisation.id],
    );
    expect(told.map(({ name }) => name)).to.deep.equal(['entry-codes.made', 'entry-code.used']);
  });

  it('works once: not twice, not after a newer card, not after its days, not for somebody else or who left', async () => {
    const organisation = await employer();
    const refused = async (card: Parameters<typeof comeIn>[0]) => {
      const { last } = await comeIn(card);
      expect([last.status, errorsOn(last)]).to.deep.equal([422, { code: said('errors.entry-code') }]);
      expect(last.text).to.include(`value="${card.staffNumber}"`);
    };
    const used = await withCard(organisation, { staffNumber: '1' });
    await comeIn(used);
    await refused(used);
    const replaced = await withCard(organisation, { staffNumber: '2' });
    const newer = await cardOf(organisation, replaced);
    await refused(replaced);
    await refused({ ...newer, staffNumber: '1' });
    await write('update entry_codes set expires_at = 1 where membership_id = $1', [newer.membership]);
    await refused(newer);
    const left = await withCard(organisation, { staffNumber: '3' });
    const today = new Date().toISOString().slice(0, 10);
    const of = {
      organisation,
      membershipId: left.membership,
      fromDay: today,
      actorId: null,
      now: Date.now(),
    };
    await endEmployment(of);
    await refused(left);
    expect(await accountOf(left.membership)).to.equal(null);
  });

  it('of ten uses at once, succeeds once', async () => {
    const card = await withCard(await employer());
    const by = { key: world().secrets.links, now: Date.now() };
    const found = await Promise.all(
      Array.from({ length: 10 }, () => enterFirst(card, { code: card.code, pin: PIN }, by)),
    );
    expect(found.filter(id => id !== null)).to.have.length(1);
    expect(await count(`users where email like '%@no-address.invalid'`)).to.be.at.least(1);
  });

  it('with a new card sets a new PIN for the same account, and ends what was open with the old one', async () => {
    const organisation = await employer();
    const card = await withCard(organisation, { staffNumber: '7' });
    const kiosk = await comeIn(card);
    const before = await accountOf(card.membership);
    await comeIn(await cardOf(organisation, card), 'another pin');
    expect((await accountOf(card.membership))?.id).to.equal(before?.id);
    expect((await kiosk.get('/account')).path).to.match(/^\/sign-in/);
    expect((await signInBy(card)).last.status).to.equal(422);
    expect((await signInBy(card, 'another pin')).last.path).to.equal('/learning');
  });

  it('is nothing for an account with an address, which nobody can take over by a card', async () => {
    const organisation = await employer();
    const card = await withCard(organisation, { staffNumber: '9' });
    const owner = await signedIn();
    await write('update memberships set user_id = $1 where id = $2', [owner.id, card.membership]);
    expect((await comeIn(card)).last.status).to.equal(422);
    expect((await signInBy(card, owner.password)).last.status).to.equal(422);
  });

  it('keeps nothing in the database by which anybody could come in', async () => {
    const card = await withCard(await employer());
    const found = await rows('select * from entry_codes');
    expect(JSON.stringify(found)).not.to.include(card.code);
  });

  it('ends after twenty minutes of rest, says who is signed in on each page, and leads to its own sign-in', async () => {
    const card = await withCard(await employer(), { name: 'Mara Lind' });
    const kiosk = await comeIn(card);
    const { touched = 0, expires = 0 } = (await expiryOf(kiosk.cookie)) ?? {};
    expect(Number(expires) - Number(touched)).to.be.lessThan(SESSION_IDLE / 2);
    const page = await kiosk.get('/learning');
    expect(plain(page.text)).to.include('Mara Lind');
    expect(page.text).to.include('data-shared');
    expect(page.headers.get('cache-control')).to.equal('no-store');
    expect(page.headers.get('refresh')).to.equal(`${SHARED_IDLE / 1000 + 5}; url=/staff?left`);
    const left = async (browser: Client) =>
      plain((await browser.get('/staff?left')).text).includes(said('entry.left'));
    expect(await left(kiosk), 'whoever goes on in another tab has not left').to.equal(false);
    const out = await signInBy(card);
    await out.get('/learning');
    expect((await out.submit('/sign-out')).path).to.equal('/staff');
    expect(await left(out)).to.equal(true);
    expect((await out.get('/learning')).path).to.match(/^\/sign-in/);

    const own = await signedIn();
    const usual = await own.browser.get('/learning');
    expect(usual.headers.get('refresh')).to.equal(null);
    expect(usual.text).not.to.include('data-shared');
    expect(SESSION_IDLE).to.be.greaterThan(SHARED_IDLE);
  });

  it('sends mail to nobody, and nothing fails', async () => {
    const card = await withCard(await employer());
    await comeIn(card);
    await comeIn(await cardOf({ id: (await organisationOf(card.membership)) ?? '' }, card), 'another pin');
    await world().worker.drain();
    expect(await count(`mails where user_id = $1`, [(await accountOf(card.membership))?.id ?? ''])).to.equal(
      0,
    );
    expect(await count('jobs where attempts > 0 and finished_at is null')).to.equal(0);
  });

  it('asks for what is missing, refuses an easy PIN, and keeps what was typed', async () => {
    const card = await withCard(await employer(), { staffNumber: '12341234' });
    const empty = await comeIn({ organisation: '12', staffNumber: '', code: 'x' }, '1234');
    expect(errorsOn(empty.last)).to.deep.equal({
      organisation: said('errors.entrance'),
      staffNumber: said('errors.entry-number'),
      code: said('errors.join-code'),
      pin: said('errors.pin'),
    });
    for (const pin of ['11111111', '12345678', '12341234'])
      expect(errorsOn((await comeIn(card, pin)).last), pin).to.deep.equal({ pin: said('errors.pin-easy') });
    expect((await signInBy(card, '')).last.status).to.equal(422);
  });

  it('tells whoever has the number of wrong PINs and codes, and administrators', async () => {
    const organisation = await employer();
    const card = await withCard(organisation, { staffNumber: '31' });
    const own = await comeIn(card);
    await signInBy(card, 'wrong pin');
    await comeIn({ ...card, code: '7KM4QX9R' });
    await signInBy({ ...card, staffNumber: '32' }, 'wrong pin');
    const history = (await own.get('/account/history')).text;
    expect(history.match(/data-sign-in="refused"/g)).to.have.length(2);
    const [account, { browser }] = [await accountOf(card.membership), await dina()];
    const list = plain((await browser.get(`/admin/refusals?person=${account?.id}`)).text);
    for (const what of ['pin', 'entry-code']) expect(list).to.include(said(`refused.${what}`));
  });

  it('is no way to guess: not a PIN, and not a code, from however many places', async () => {
    const organisation = await employer();
    const card = await withCard(organisation, { staffNumber: '21' });
    for (let time = 0; time < entryLimits.byNumber.points; time += 1)
      expect((await comeIn({ ...card, code: '7KM4QX9R' })).last.status).to.equal(422);
    expect((await comeIn(card)).last.status).to.equal(429);
    const known = await withCard(organisation, { staffNumber: '22' });
    await comeIn(known);
    const guesser = world().visitor();
    for (let time = 0; time < accountLimits.signInByPair.points; time += 1)
      expect((await signInBy(known, 'wrong pin', guesser)).last.status).to.equal(422);
    expect((await signInBy(known, PIN, guesser)).last.status).to.equal(429);
    expect((await signInBy(known)).last.path).to.equal('/learning');
  });
});

const organisationOf = async (membership: string) =>
  (
    await row<{ organisation: string }>(
      'select organisation_id as organisation from memberships where id = $1',
      [membership],
    )
  )?.organisation;
