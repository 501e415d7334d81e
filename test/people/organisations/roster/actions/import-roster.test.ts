import { expect } from 'chai';
import { giveUp } from '../../../../../server/platform/events/jobs/job-decisions.js';
import { onNudge } from '../../../../../server/platform/events/jobs/nudge.js';
import { confirmRoster } from '../../../../../server/people/organisations/roster/confirm-roster.js';
import { openRosterThread } from '../../../../../server/people/organisations/roster/roster-thread.js';
import { rosterById } from '../../../../../server/people/organisations/roster/rosters.js';
import { linksIn, type Page } from '../../../../../server/workshop/smoke/client.js';
import { importRoster } from '../../../../../server/people/organisations/roster/import-roster.js';
import { closeUnit, openUnit } from '../../../../../server/people/organisations/units/units.js';
import { runOn } from '../../../../support/programs/elsewhere.js';
import { dina, type Person } from '../../../../support/people.js';
import { otherOrganisation } from '../../../../support/roles.js';
import { count, row, rows, write } from '../../../../support/rows.js';
import { said } from '../../../../support/said.js';
import { ownWorld, reactToNews, world } from '../../../../support/world.js';
import { confirmed, csvOf, figuresOn, previewOf, rosterOn } from '../uploading.js';
import { onPostgresOnly } from '../../../../support/dialect.js';

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

  onPostgresOnly.it('leaves PostgreSQL no moment in which it plans with empty tables', async () => {
    // SQLite does not count rows.
    await imported(await dina(), await otherOrganisation(), csvOf(HEADER, people(1_000)), {
      makesUnits: 'yes',
    });
    const planned = await row<{ n: number }>(
      `select min(reltuples) as n from pg_class where oid in ('memberships'::regclass, 'placements'::regclass)`,
    );
    expect(Number(planned?.n)).to.be.at.least(1_000);
  });

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

  it('says in the audit log what each batch did, by count and digest, and names nobody', async () => {
    const [by, organisation] = [await dina(), await otherOrganisation()];
    await imported(by, organisation, csvOf(HEADER, people(501)), { makesUnits: 'yes' });
    const told = await rows<{ name: string; payload: string }>(
      `select name, payload from events where organisation_id = $1 and name not like 'unit.%' order by seq`,
      [organisation],
    );
    expect(told.map(({ name }) => name)).to.deep.equal([
      ...['roster.uploaded', 'roster.confirmed', 'members.imported', 'members.imported', 'roster.finished'],
    ]);
    const counts = told.flatMap(({ payload }) => (JSON.parse(payload) as { count?: number }).count ?? []);
    expect(counts).to.deep.equal([500, 1]);
    expect(JSON.stringify(told)).not.to.match(/Person|example\.org/);
  });

  it('goes on where it stopped: a part is done whole or not at all, and nobody is added twice', async () => {
    const [by, organisation] = [await dina(), await otherOrganisation()];
    const preview = await previewOf(by, organisation, csvOf(HEADER, people(1_200)), { makesUnits: 'yes' });
    await world().worker.drain();
    const forget = onNudge(() => undefined);
    try {
      await confirmedUnseen(by, organisation, preview);
      const id = rosterOn(preview).split('/').at(-1) ?? '';
      await breakAfter(id, 1);
      expect(await members(organisation)).to.have.length(500);
      expect(await partsDone(id)).to.equal(1);
      await importRoster(id, Date.now);
      expect(await members(organisation)).to.have.length(1_200);
      await importRoster(id, Date.now);
      expect(await members(organisation)).to.have.length(1_200);
    } finally {
      forget();
      reactToNews();
    }
    expect(figuresOn(await by.browser.get(rosterOn(preview)))).to.deep.equal([1_200, 0, 0, 0, 0, 0]);
  });

  it('that is given up ends with the parts that are done, and the next list waits no longer', async () => {
    const [by, organisation] = [await dina(), await otherOrganisation()];
    const preview = await previewOf(by, organisation, csvOf(HEADER, people(1_200)), { makesUnits: 'yes' });
    const next = await previewOf(by, organisation, csvOf(HEADER, people(10)), { makesUnits: 'yes' });
    await world().worker.drain();
    const forget = onNudge(() => undefined);
    const id = rosterOn(preview).split('/').at(-1) ?? '';
    try {
      await confirmedUnseen(by, organisation, preview);
      await breakAfter(id, 1);
      expect(await confirmedUnseenAs(by, organisation, next)).to.equal('busy');
      const job = await row<{ id: string }>(
        `select j.id from jobs j join events e on e.id = j.event_id where j.reaction = 'rosters.import' and e.payload like $1`,
        [`%${id}%`],
      );
      expect(
        await giveUp({ id: job?.id ?? '', reaction: 'rosters.import' }, { actorId: by.id, now: Date.now() }),
      ).to.equal(true);
      await world().worker.drain();
    } finally {
      forget();
      reactToNews();
    }
    const page = await by.browser.get(rosterOn(preview));
    expect(figuresOn(page)).to.deep.equal([500, 0, 0, 0, 0, 0]);
    expect(page.text).to.include('data-stopped').and.include('1,200');
    expect(await confirmedUnseenAs(by, organisation, next)).to.equal('changed');
    const told = await count(`events where name = 'roster.finished' and payload like $1`, [`%${id}%`]);
    expect(told).to.equal(1);
  });

  it('is finished by another process after a kill in the middle of a part: everything comes out once', async () => {
    const [by, organisation] = [await dina(), await otherOrganisation()];
    const preview = await previewOf(by, organisation, csvOf(HEADER, people(1_200)), { makesUnits: 'yes' });
    await world().worker.drain();
    const forget = onNudge(() => undefined);
    const { databaseUrl } = world().config;
    const id = rosterOn(preview).split('/').at(-1) ?? '';
    try {
      await confirmedUnseen(by, organisation, preview);
      // A part writes its placements in one statement: this is the second.
      const killed = await runOn(databaseUrl, 'import', '2').catch(({ message }: Error) => message);
      expect(killed).to.include('SIGKILL');
      expect(await partsDone(id)).to.equal(1);
      expect(await members(organisation)).to.have.length(500);
      await runOn(databaseUrl, 'import');
    } finally {
      forget();
      reactToNews();
    }
    expect(figuresOn(await by.browser.get(rosterOn(preview)))).to.deep.equal([1_200, 0, 0, 0, 0, 0]);
    const numbers = (await members(organisation)).map(each => each.staff_number);
    expect(numbers).to.deep.equal(people(1_200).map(([number]) => number));
    expect(await count('placements where organisation_id = $1', [organisation])).to.equal(1_200);
    // Of each person the employment and the day of hire.
    expect(await count('membership_facts where organisation_id = $1', [organisation])).to.equal(2_400);
    const told = await rows<{ name: string; times: number }>(
      `select name, count(*) as times from events where organisation_id = $1 and name like '%ed' and name not like 'unit.%'
       group by name order by name`,
      [organisation],
    );
    expect(told.map(({ name, times }) => [name, Number(times)])).to.deep.equal([
      ['members.imported', 3],
      ['roster.confirmed', 1],
      ['roster.finished', 1],
      ['roster.uploaded', 1],
    ]);
  });

  it('gives somebody who comes back their own membership, and ends those who are missing in a whole list', async () => {
    const [by, organisation] = [await dina(), await otherOrganisation()];
    const [ada, ben] = [person(1), person(2)];
    const start = { makesUnits: 'yes' };
    await imported(by, organisation, csvOf(HEADER, [ada, ben]), start);
    const before = await memberships(organisation);
    const whole = await imported(by, organisation, csvOf(HEADER, [ada]), { isWhole: 'yes' });
    expect(figuresOn(whole.page)).to.deep.equal([0, 0, 0, 1, 1, 0]);
    expect((await members(organisation)).map(({ employment }) => employment)).to.deep.equal([
      'active',
      'left',
    ]);
    await imported(by, organisation, csvOf(HEADER, [ada, ben]), { isWhole: '' });
    expect((await members(organisation)).map(({ employment }) => employment)).to.deep.equal([
      'active',
      'active',
    ]);
    expect(await memberships(organisation)).to.deep.equal(before);
  });

  it('leaves out a row whose unit was closed after the confirmation, and gives it back', async () => {
    const [by, organisation] = [await dina(), await otherOrganisation()];
    const place = { organisation: { id: organisation, timeZone: 'UTC' }, actorId: by.id, now: Date.now() };
    const fromDay = '2026-01-01';
    for (const name of ['FRA', 'OSL']) await openUnit(place, { name, code: null, parentId: null, fromDay });
    const preview = await previewOf(
      by,
      organisation,
      csvOf(HEADER, [person(1, { 3: 'FRA' }), person(2, { 3: 'OSL' })]),
    );
    await world().worker.drain();
    const forget = onNudge(() => undefined);
    try {
      await confirmedUnseen(by, organisation, preview);
      const [unit] = await rows<{ id: string }>(
        `select id from units where organisation_id = $1 and name = 'FRA'`,
        [organisation],
      );
      await closeUnit(place, { unitId: unit?.id ?? '', fromDay: '2026-01-02' });
    } finally {
      forget();
      reactToNews();
    }
    await world().worker.drain();
    expect(figuresOn(await by.browser.get(rosterOn(preview)))).to.deep.equal([1, 0, 0, 0, 0, 1]);
    const back = (await by.browser.bytes(`${rosterOn(preview)}/faults.csv`)).toString();
    expect(back).to.include(said('roster.repair.unit-closed'));
  });

  it('asks whether a new number is a known person, and does as it is told', async () => {
    const [by, organisation] = [await dina(), await otherOrganisation()];
    await imported(by, organisation, csvOf(HEADER, [person(1), person(2)]), { makesUnits: 'yes' });
    const rowsAgain = [person(1, { 0: 'A1' }), person(2, { 0: 'A2' })];
    const preview = await previewOf(by, organisation, csvOf(HEADER, rowsAgain));
    expect(figuresOn(preview)).to.deep.equal([0, 0, 0, 0, 0, 2]);
    const [merging = '', other] = linksIn(preview.text, /\/people\/[\w-]+\/merge$/);
    expect(merging).to.not.equal(other);
    expect((await by.browser.get(merging)).status, 'two entries are merged there').to.equal(200);
    await by.browser.get(rosterOn(preview));
    const answered = await by.browser.submit(`${rosterOn(preview)}/answers`, {
      'answer-0': 'same',
      'answer-1': 'new',
    });
    expect(figuresOn(answered)).to.deep.equal([1, 0, 1, 0, 0, 0]);
    await confirmed(by, answered);
    await world().worker.drain();
    expect((await members(organisation)).map(each => each.staff_number)).to.deep.equal(['00002', 'A1', 'A2']);
  });
});

/** Confirms a preview while no worker hears of it: a page would wait for what it causes. */
async function confirmedUnseen(by: Person, organisationId: string, preview: Page): Promise<void> {
  expect(await confirmedUnseenAs(by, organisationId, preview)).to.equal('confirmed');
}

async function confirmedUnseenAs({ id: actorId }: Person, organisationId: string, preview: Page) {
  const roster = await rosterById(rosterOn(preview).split('/').at(-1) ?? '');
  const organisation = { id: organisationId, timeZone: 'UTC' };
  const by = { organisation, thread: openRosterThread(), now: Date.now(), actorId };
  return confirmRoster(roster, roster.inputsHash ?? '', by);
}

const partsDone = async (id: string) =>
  (await rows<{ parts_done: number }>('select parts_done from rosters where id = $1', [id]))[0]?.parts_done;

const memberships = (organisationId: string) =>
  rows<{ id: string }>('select id from memberships where organisation_id = $1 order by id', [organisationId]);

/** Imports until so many parts are done, and then fails in the middle of the next: a table is missing. */
async function breakAfter(id: string, parts: number): Promise<void> {
  const away = 'alter table membership_facts rename to membership_facts_away';
  const back = 'alter table membership_facts_away rename to membership_facts';
  let begun = 0;
  const failing = () => {
    begun += 1;
    if (begun > parts) throw new Error('stopped');
    return Date.now();
  };
  await importRoster(id, failing).catch(() => undefined);
  await write(away);
  await importRoster(id, Date.now).catch(() => undefined);
  await write(back);
}
