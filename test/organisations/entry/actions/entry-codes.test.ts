import { expect } from 'chai';
import { employer, member, unit } from '../../../support/organisations.js';
import { cleo, dina, signedIn } from '../../../support/people.js';
import { plain, send } from '../../../support/pages.js';
import { appoint } from '../../../support/roles.js';
import { count, rows, write } from '../../../support/rows.js';
import { ownWorld } from '../../../support/world.js';
import { cardOf, comeIn } from '../of-cards.js';

const homeOf = ({ id }: { id: string }): string => `/organisations/${id}/entry`;

const open = (organisation: { id: string }) =>
  rows<{ membership_id: string }>(
    'select membership_id from entry_codes where organisation_id = $1 and ended_at is null',
    [organisation.id],
  ).then(found => found.map(row => row.membership_id));

/** A class of two, and somebody elsewhere; one more has no number. */
async function people() {
  const organisation = await employer();
  const [room, elsewhere] = [await unit(organisation, 'Class of Monday'), await unit(organisation, 'Oslo')];
  const at = (unitId: string, name: string, staffNumber: string | null) =>
    member(organisation, { name, staffNumber, home: { unitId, job: null } });
  return {
    ...{ organisation, room, elsewhere },
    ada: await at(room, 'Ada Marlow', '001'),
    ben: await at(room, 'Ben Okafor', '002'),
    other: await at(elsewhere, 'Olav Berg', '003'),
    without: await at(room, 'Noor Haddad', null),
  };
}

describe('cards for people without an e-mail address', () => {
  ownWorld();

  it('are made for a class at once, printed, and let their people in', async () => {
    const [by, { organisation, room, ada, ben }] = [await dina(), await people()];
    const page = await by.browser.get(`${homeOf(organisation)}?unit=${room}`);
    expect(plain(page.text)).to.include('Ada Marlow').and.to.not.include('Noor').and.to.not.include('Olav');
    const sheet = await send(by.browser, homeOf(organisation), { unit: room });
    expect(sheet.path).to.equal(`${homeOf(organisation)}/sheet?unit=${room}`);
    expect((await open(organisation)).sort()).to.deep.equal([ada, ben].sort());
    const card = { membership: ada, staffNumber: '001' };
    const printed = plain(sheet.text);
    const again = plain((await by.browser.get(sheet.path)).text);
    expect(again, 'the sheet can be printed again').to.equal(printed);
    const { code, ...rest } = await cardOf(organisation, card);
    expect(printed).to.not.include(code.slice(0, 4));
    const renewed = await by.browser.get(sheet.path);
    expect(plain(renewed.text)).to.include(`${code.slice(0, 4)}-${code.slice(4)}`);
    expect((await comeIn({ ...rest, code })).last.path).to.equal('/learning');
    const after = await by.browser.get(`${homeOf(organisation)}?unit=${room}`);
    expect(after.text).to.include('data-state="pin"').and.to.include('data-state="code"');
  });

  it('are given one by one, too, and only to those who have none where all are asked for', async () => {
    const [by, { organisation, ada, ben, other }] = [await dina(), await people()];
    await by.browser.get(homeOf(organisation));
    await send(by.browser, homeOf(organisation), { unit: '', person: ada });
    expect(await open(organisation)).to.deep.equal([ada]);
    await send(by.browser, homeOf(organisation), { unit: '' });
    expect((await open(organisation)).sort()).to.deep.equal([ada, ben, other].sort());
    expect(await count(`entry_codes where membership_id = $1`, [ada])).to.equal(1);
  });

  it('are made by the manager of a unit for its own people alone', async () => {
    const { organisation, room, elsewhere, ada, other } = await people();
    const luc = await signedIn();
    await appoint(luc, 'manager', organisation.id, room);
    const page = plain((await luc.browser.get(homeOf(organisation))).text);
    expect(page).to.include('Ada Marlow').and.to.not.include('Olav');
    expect((await luc.browser.get(`${homeOf(organisation)}?unit=${elsewhere}`)).status).to.equal(404);
    expect((await send(luc.browser, homeOf(organisation), { unit: room, person: other })).status).to.equal(
      404,
    );
    await send(luc.browser, homeOf(organisation), { unit: room, person: ada });
    expect(await open(organisation)).to.deep.equal([ada]);
    expect((await luc.browser.get(`${homeOf(organisation)}/sheet?unit=${elsewhere}`)).status).to.equal(404);
  });

  it('are no matter of outsiders, and wait while training is paused', async () => {
    const { organisation, ada } = await people();
    const stranger = await cleo();
    for (const path of ['', '/sheet'])
      expect((await stranger.browser.get(`${homeOf(organisation)}${path}`)).status).to.equal(404);
    expect((await send(stranger.browser, homeOf(organisation), { person: ada })).status).to.equal(404);
    const by = await dina();
    await write('update organisations set suspended_at = 1 where id = $1', [organisation.id]);
    expect((await send(by.browser, homeOf(organisation), { person: ada })).status).to.equal(409);
    expect(await open(organisation)).to.deep.equal([]);
  });
});
