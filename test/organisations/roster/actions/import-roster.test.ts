import { expect } from 'chai';
import { dina, type Person } from '../../../support/people.js';
import { otherOrganisation } from '../../../support/roles.js';
import { rows } from '../../../support/rows.js';
import { ownWorld, world } from '../../../support/world.js';
import { confirmed, csvOf, figuresOn, previewOf, rosterOn } from '../uploading.js';

const HEADER = ['Staff no', 'Name', 'E-mail', 'Unit', 'Job', 'Hire date', 'Status'];
const person = (at: number, over: Partial<Record<number, string>> = {}): string[] =>
  [
    String(at).padStart(5, '0'),
    `Person ${'abcdefghij'[at % 10]}${at}`,
    `p${at}@example.org`,
    at % 2 ? 'Europe / FRA' : 'Europe / OSL',
    'Cabin crew',
    '2024-03-01',
    'active',
  ].map((cell, column) => over[column] ?? cell);

const people = (count: number): string[][] => Array.from({ length: count }, (_, at) => person(at));

async function imported(
  by: Person,
  organisation: string,
  file: Buffer,
  choices: Record<string, string> = {},
) {
  const preview = await previewOf(by, organisation, file, choices);
  const page = await confirmed(by, preview);
  await world().worker.drain();
  return { preview, page: await by.browser.get(rosterOn(page)) };
}

const members = (organisationId: string) =>
  rows<{ staff_number: string; name: string; employment: string }>(
    `select p.staff_number, p.name, m.employment from memberships m join membership_people p on p.membership_id = m.id
     where m.organisation_id = $1 order by p.staff_number`,
    [organisationId],
  );

describe('an imported list of people', () => {
  ownWorld();

  it('takes the good rows, gives the bad ones back, and adds nobody twice', async () => {
    const [by, organisation] = [await dina(), await otherOrganisation()];
    const all = people(1_200);
    for (const at of [3, 600, 1_100]) all[at] = person(at, { 2: 'nowhere' });
    const first = await imported(by, organisation, csvOf(HEADER, all), { makesUnits: 'yes' });
    expect(figuresOn(first.preview)).to.deep.equal([1_197, 0, 0, 0, 0, 3]);
    expect(figuresOn(first.page)).to.deep.equal([1_197, 0, 0, 0, 0, 3]);
    expect(await members(organisation)).to.have.length(1_197);

    const bad = (await by.browser.bytes(`${rosterOn(first.page)}/faults.csv`)).toString();
    expect(bad.trimEnd().split('\r\n')).to.have.length(4);
    const repaired = Buffer.from(bad.replaceAll('nowhere', 'now@example.org'));
    const second = await imported(by, organisation, repaired);
    expect(figuresOn(second.page)).to.deep.equal([3, 0, 0, 0, 0, 0]);
    const third = await previewOf(
      by,
      organisation,
      csvOf(
        HEADER,
        people(1_200).map((row, at) => ([3, 600, 1_100].includes(at) ? row.with(2, 'now@example.org') : row)),
      ),
    );
    expect(figuresOn(third)).to.deep.equal([0, 0, 0, 0, 1_200, 0]);
    expect(await members(organisation)).to.have.length(1_200);
  });
});
