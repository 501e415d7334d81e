import { expect } from 'chai';
import { runEntryCards } from '../../../../../server/people/organisations/entry/command-entry.js';
import { openOrganisation } from '../../../../../server/people/organisations/memberships.js';
import { employer, memberOf } from '../../../../support/organisations.js';
import { signedIn } from '../../../../support/people.js';
import { send } from '../../../../support/pages.js';
import { appoint } from '../../../../support/roles.js';
import { count, row, write } from '../../../../support/rows.js';
import { errorsOn, said } from '../../../../support/said.js';
import { ownWorld, world } from '../../../../support/world.js';
import { cardOf, comeIn, PIN, signInBy, withCard } from '../of-cards.js';

/** Somebody whose account began by a card of one organisation, and who belongs to another one, too, where they have a number. */
async function carl() {
  const [first, second] = [await employer(), await openOrganisation()];
  const card = await withCard(first, { staffNumber: 'B7' });
  const browser = await comeIn(card);
  const { id = '' } =
    (await row<{ id: string }>('select user_id as id from memberships where id = $1', [card.membership])) ??
    {};
  const [membership, number] = [await memberOf({ id }, second.id), `ZZ-${(numbers += 1)}`];
  await write(
    `insert into membership_people (membership_id, organisation_id, name, staff_number) values ($1, $2, 'Carl', $3)`,
    [membership, second.id, number],
  );
  return { first, second, card, browser, id, membership, number };
}

let numbers = 0;

const pinOf = (id: string) =>
  row<{ password_hash: string }>('select password_hash from users where id = $1', [id]);

describe('the card of somebody without an e-mail address', () => {
  ownWorld();

  it('replaces the PIN of nobody whose account began by the card of another organisation', async () => {
    const at = await carl();
    const before = await pinOf(at.id);
    // Such a card may have been printed before anybody asked whose it is to print.
    const forged = await cardOf(at.second, { membership: at.membership, staffNumber: at.number });
    const taken = await comeIn(forged, 'seven 8 ferries');
    expect(errorsOn(taken.last)).to.deep.equal({ code: said('errors.entry-code') });
    expect(await pinOf(at.id)).to.deep.equal(before);
    expect((await at.browser.get('/learning')).path, 'nobody is signed out').to.equal('/learning');
    expect((await signInBy(at.card)).last.path, 'the PIN still works').to.equal('/learning');
  });

  it('is made by its own organisation alone, and lets its person choose a new PIN', async () => {
    const at = await carl();
    const keeper = await signedIn();
    for (const { id } of [at.first, at.second]) await appoint(keeper, 'administrator', id);
    const { browser } = keeper;
    const home = `/organisations/${at.second.id}/entry`;
    const refused = await send(browser, home, { unit: '', person: at.membership });
    expect([refused.path, refused.text.includes('data-state="other"')]).to.deep.equal([home, true]);
    const page = await browser.get(`/organisations/${at.second.id}/people/${at.membership}`);
    expect(page.text).to.include('data-card').and.to.not.include(`action="${home}"`);
    expect(await count('entry_codes where membership_id = $1', [at.membership])).to.equal(0);
    const own = await cardOf(at.first, { membership: at.card.membership, staffNumber: 'B7' });
    expect((await comeIn(own, 'another 8 lanterns')).last.path).to.equal('/learning');
    expect((await signInBy(at.card, PIN)).last.status).to.equal(422);
  });

  it('is made at the command line by its own organisation alone, too', async () => {
    const at = await carl();
    const keeper = await signedIn({ isAdministrator: true });
    const make = (organisation: { id: string }, number: string) =>
      runEntryCards(
        ['make', organisation.id, '--as', keeper.email, '--staff-number', number],
        world().secrets.links,
        () => undefined,
      ).then(
        () => 'made',
        () => 'refused',
      );
    expect([await make(at.second, at.number), await make(at.first, 'B7')]).to.deep.equal(['refused', 'made']);
  });

  it('opens the organisation at whose door they came in, and proves nothing', async () => {
    const at = await carl();
    await appoint({ id: at.id }, 'manager', at.second.id);
    const session = () =>
      row<{ organisation_id: string; proven_at: number }>(
        'select organisation_id, proven_at from sessions where user_id = $1 order by created_at desc, proven_at',
        [at.id],
      );
    const browser = await signInBy(at.card);
    expect((await browser.get(`/organisations/${at.second.id}/people`)).status).to.equal(404);
    expect(await session()).to.include({ organisation_id: at.first.id });
    expect(Number((await session())?.proven_at)).to.equal(0);
    expect((await browser.get('/account/factors/app')).path).to.match(/^\/account\/proof/);
  });
});
