import { expect } from 'chai';
import { cleo, signedIn, type Person } from '../../../../support/people.js';
import { send } from '../../../../support/pages.js';
import { appoint, otherOrganisation } from '../../../../support/roles.js';
import { count, rows, write } from '../../../../support/rows.js';
import { errorsOn, said } from '../../../../support/said.js';
import { ownWorld, world } from '../../../../support/world.js';
import { pruneRosters } from '../../../../../server/people/organisations/roster/keep-roster.js';
import { confirmed, csvOf, figuresOn, previewOf, rosterOn, uploadRoster } from '../uploading.js';
import { textCell, workbookOf } from '../workbooks.js';
import { bombOf, zipOf } from '../zips.js';

const FILE = csvOf(
  ['Staff no', 'Name'],
  [
    ['001', 'Ada Marlow'],
    ['002', 'Ben Olsen'],
  ],
);
const DAY = 86_400_000;

async function administrator(organisation: string): Promise<Person> {
  const somebody = await signedIn({ name: 'Ola Nordmann' });
  await appoint(somebody, 'administrator', organisation);
  return somebody;
}

const memberCount = (organisation: string) =>
  count('membership_people where organisation_id = $1', [organisation]);

describe('the pages of a list of people', () => {
  ownWorld();

  it('are those of whoever administers the organisation, and nobody else’s', async () => {
    const organisation = await otherOrganisation();
    const by = await administrator(organisation);
    const roster = rosterOn(await previewOf(by, organisation, FILE));
    const [outsider, manager] = [await cleo(), await signedIn()];
    await appoint(manager, 'manager', organisation);
    const other = await otherOrganisation();
    await appoint(outsider, 'administrator', other);
    for (const who of [outsider, manager]) {
      for (const path of ['', '/columns', '/faults.csv'])
        expect((await who.browser.get(`${roster}${path}`)).status, path).to.equal(404);
      for (const path of ['/preview', '/answers', '/confirmation', '/removal'])
        expect((await send(who.browser, `${roster}${path}`)).status, path).to.equal(404);
      expect((await uploadRoster(who, organisation, { bytes: FILE })).status).to.be.oneOf([403, 404]);
    }
    // The right role, and a roster of another organisation.
    const elsewhere = roster.replace(organisation, other);
    expect((await outsider.browser.get(elsewhere)).status).to.equal(404);
    expect((await world().visitor().get(roster)).path).to.match(/^\/sign-in/);
    expect(await memberCount(organisation)).to.equal(0);
  });

  it('import a workbook, with the zeros of its numbers and the days of its calendar', async () => {
    const organisation = await otherOrganisation();
    const by = await administrator(organisation);
    const names = ['Staff no', 'Name', 'Hire date']
      .map((name, at) => textCell(`${'ABC'[at]}1`, name))
      .join('');
    const cells = `<c r="A2" s="2"><v>17</v></c>${textCell('B2', 'Ada Marlow')}<c r="C2" s="1"><v>45352</v></c>`;
    const bytes = workbookOf(`<row r="1">${names}</row><row r="2">${cells}</row>`);
    await confirmed(by, await previewOf(by, organisation, bytes));
    await world().worker.drain();
    const [member] = await rows<{ number: string; hiredOn: string }>(
      `select p.staff_number as "number", m.hired_on as "hiredOn" from memberships m
       join membership_people p on p.membership_id = m.id where m.organisation_id = $1`,
      [organisation],
    );
    expect(member).to.deep.equal({ number: '000017', hiredOn: '2024-03-01' });
  });

  it('say what is wrong with a file, and keep nothing of it', async () => {
    const organisation = await otherOrganisation();
    const by = await administrator(organisation);
    const refusals: [Buffer, string][] = [
      [Buffer.alloc(0), 'empty'],
      [Buffer.from('%PDF-1.7'), 'document'],
      [zipOf({ 'a.txt': 'x' }), 'zip-no-users'],
      [await bombOf('users.csv', {}), 'zip-too-large'],
      [Buffer.alloc(25 * 1024 * 1024 + 1, 'x'), 'large'],
      [Buffer.alloc(41 * 1024 * 1024, 'x'), 'large'],
    ];
    for (const [bytes, refusal] of refusals) {
      const page = await uploadRoster(by, organisation, { bytes });
      expect(page.status, refusal).to.equal(422);
      expect(errorsOn(page)).to.deep.equal({
        file: said(`roster.refused.${refusal}`, { rows: 50_000, line: 1 }),
      });
    }
    expect(await count('rosters where organisation_id = $1', [organisation])).to.equal(0);
  });

  it('ask for the columns again where they cannot be used, and keep what was chosen', async () => {
    const organisation = await otherOrganisation();
    const by = await administrator(organisation);
    const page = await previewOf(by, organisation, FILE, {
      'column-name': '',
      dayOrder: 'month-first',
      isWhole: 'yes',
    });
    expect(page.status).to.equal(422);
    expect(errorsOn(page)).to.deep.equal({ 'column-name': said('roster.columnFault.no-name') });
    expect(page.text).to.match(/value="month-first"[^>]* checked/);
    expect(page.text).to.match(/name="isWhole" value="yes" checked/);
  });

  it('import nothing that somebody has not seen: a change in between is shown, and asked about again', async () => {
    const organisation = await otherOrganisation();
    const [one, other] = [await administrator(organisation), await administrator(organisation)];
    const first = await previewOf(one, organisation, FILE);
    const second = await previewOf(other, organisation, FILE);
    expect(figuresOn(second)).to.deep.equal([2, 0, 0, 0, 0, 0]);
    await confirmed(one, first);
    await world().worker.drain();
    const again = await confirmed(other, second);
    expect(again.path).to.match(/why=changed$/);
    expect(figuresOn(again)).to.deep.equal([0, 0, 0, 0, 2, 0]);
    expect(await memberCount(organisation)).to.equal(2);
  });

  it('let a second import wait while the first is under way', async () => {
    const organisation = await otherOrganisation();
    const by = await administrator(organisation);
    const first =
      rosterOn(await previewOf(by, organisation, FILE))
        .split('/')
        .at(-1) ?? '';
    const second = await previewOf(by, organisation, FILE);
    await write(`update rosters set state = 'confirmed' where id = $1`, [first]);
    const busy = await confirmed(by, second);
    expect(busy.path).to.match(/why=busy$/);
    expect(
      (await rows<{ state: string }>('select state from rosters where state = $1', ['confirmed'])).length,
    ).to.equal(1);
    expect((await by.browser.get(`/organisations/${organisation}/roster/${first}`)).text).to.include(
      'data-progress',
    );
  });

  it('remove the rows when asked, and after 30 days', async () => {
    const organisation = await otherOrganisation();
    const by = await administrator(organisation);
    const parts = () => count('roster_parts');
    const before = await parts();
    const roster = rosterOn(await previewOf(by, organisation, FILE));
    await by.browser.submit(`${roster}/removal`);
    expect(await parts()).to.equal(before);
    expect((await by.browser.get(`${roster}/faults.csv`)).status).to.equal(404);

    const kept = rosterOn(await previewOf(by, organisation, FILE));
    await pruneRosters(Date.now() + 29 * DAY);
    expect(await parts()).to.equal(before + 1);
    await write(`update rosters set state = 'previewed' where state = 'confirmed'`);
    await pruneRosters(Date.now() + 30 * DAY);
    expect(await parts()).to.equal(0);
    expect((await by.browser.get(kept)).status).to.equal(200);
  });
});
