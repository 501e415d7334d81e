import { expect } from 'chai';
import { employer, member, unit } from '../../../../support/organisations.js';
import { cleo, dina, signedIn } from '../../../../support/people.js';
import { plain, send } from '../../../../support/pages.js';
import { appoint } from '../../../../support/roles.js';
import { count, rows, write } from '../../../../support/rows.js';
import { said } from '../../../../support/said.js';
import { qrPath } from '../../../../../server/platform/lib/qr-path.js';
import { ownWorld, world } from '../../../../support/world.js';
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

  it('leave out who has an address, say how many and how many of them are invited, and list them if asked', async () => {
    const [by, { organisation, room, ada, ben, other }] = [await dina(), await people()];
    const home = homeOf(organisation);
    for (const id of [ben, other])
      await write('update membership_people set email = $1 where membership_id = $2', [
        `${id}@example.org`,
        id,
      ]);
    await send(by.browser, `/organisations/${organisation.id}/invitations`, { membership: ben });
    const listed = (text: string) => [...text.matchAll(/data-person="([^"]+)"/g)].map(([, id]) => id);
    const page = await by.browser.get(home);
    expect(listed(page.text)).to.deep.equal([ada]);
    const words = plain(/data-addressed>([\s\S]*?)<\/div>/.exec(page.text)?.[1] ?? '');
    expect(words).to.include(said('entryCodes.addressed_other', { count: 2 }));
    expect(words).to.include(said('entryCodes.addressedInvited_one', { count: 1 }));
    await send(by.browser, home, { unit: '' });
    expect(await open(organisation)).to.deep.equal([ada]);
    const all = await by.browser.get(`${home}?unit=${room}&with=address`);
    expect(listed(all.text).sort()).to.deep.equal([ada, ben].sort());
    await send(by.browser, home, { unit: room, with: 'address' });
    expect((await open(organisation)).sort()).to.deep.equal([ada, ben].sort());
    // Who has a card stays in the list, so that it can be printed.
    expect(listed((await by.browser.get(home)).text).sort()).to.deep.equal([ada, ben].sort());
  });

  it('are found by the beginning of a name or a number', async () => {
    const [by, { organisation, ada, ben }] = [await dina(), await people()];
    const found = async (query: string) =>
      [
        ...(await by.browser.get(`${homeOf(organisation)}?query=${query}`)).text.matchAll(
          /data-person="([^"]+)"/g,
        ),
      ].map(([, id]) => id);
    expect(await found('marl')).to.deep.equal([ada]);
    expect(await found('002')).to.deep.equal([ben]);
    expect(await found('nobody')).to.deep.equal([]);
    await send(by.browser, homeOf(organisation), { unit: '', query: 'marl' });
    expect(await open(organisation)).to.deep.equal([ada]);
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

  it('of more than fit on one sheet are made and printed in parts', async () => {
    const [by, organisation] = [await dina(), await employer()];
    for (let at = 1; at <= 201; at += 1)
      await member(organisation, { name: `P ${String(at).padStart(3, '0')}`, staffNumber: `N${at}` });
    const home = homeOf(organisation);
    const first = await by.browser.get(home);
    expect(first.text.match(/data-person/g)).to.have.lengthOf(200);
    expect(first.text).to.include(`href="${home}?unit=&amp;part=2"`);
    const sheet = await send(by.browser, home, { unit: '', part: '2' });
    expect(sheet.path).to.equal(`${home}/sheet?unit=&part=2`);
    expect(plain(sheet.text)).to.include('P 201').and.not.include('P 200');
    expect(await open(organisation)).to.have.lengthOf(1);
    for (const part of ['0', '-1', '99', 'many'])
      expect((await by.browser.get(`${home}?unit=&part=${part}`)).status, part).to.equal(200);
  });

  it('are offered on the page of somebody without an address, whose sheet holds theirs alone', async () => {
    const [{ organisation, room, ada, other }, manager] = [await people(), await signedIn()];
    await appoint(manager, 'manager', organisation.id, room);
    const page = await manager.browser.get(`/organisations/${organisation.id}/people/${ada}`);
    expect(page.text).to.include('data-card');
    const sheet = await manager.browser.submit(homeOf(organisation), { person: ada, from: 'person' });
    expect(sheet.path).to.equal(`${homeOf(organisation)}/sheet?person=${ada}`);
    expect(plain(sheet.text)).to.include('Ada Marlow').and.not.include('Ben Okafor');
    expect(await open(organisation)).to.deep.equal([ada]);
    expect((await manager.browser.get(`${homeOf(organisation)}/sheet?person=${other}`)).status).to.equal(404);
    expect((await send(manager.browser, homeOf(organisation), { person: other })).status).to.equal(404);
  });

  it('carry a picture that opens the page with the code of the organisation, and nothing of the person', async () => {
    const [by, { organisation, ada }] = [await dina(), await people()];
    const { organisation: entrance } = await cardOf(organisation, { membership: ada, staffNumber: '001' });
    const { text } = await by.browser.get(`${homeOf(organisation)}/sheet?person=${ada}`);
    const { path } = qrPath(`${world().config.baseUrl}/staff/first?organisation=${entrance}`);
    expect(text).to.include(`d="${path}"`);
    const first = await world().visitor().get(`/staff/first?organisation=${entrance}`);
    expect(first.text).to.include(`value="${entrance}"`);
  });
});
