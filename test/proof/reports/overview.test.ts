import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { newId } from '../../../server/platform/lib/ids.js';
import { dayOf, daysAfter } from '../../../server/platform/lib/days.js';
import { loadActor } from '../../../server/people/organisations/actors.js';
import { openStandings } from '../../../server/proof/reports/open-standings.js';
import { csvParts, type CsvTable } from '../../../server/platform/lib/text/csv.js';
import { standingsTable } from '../../../server/proof/reports/standings-csv.js';
import { makeExemption } from '../../../server/proof/requirements/exemptions/exemptions.js';
import type { OrganisationFacts } from '../../../server/people/organisations/memberships.js';
import { employer, manyUnits, member, memberOf, unit } from '../../support/organisations.js';
import { cleo, signedIn, type Person } from '../../support/people.js';
import { appoint } from '../../support/roles.js';
import { errorsOn, said } from '../../support/said.js';
import { count, row, write } from '../../support/rows.js';
import { ownWorld } from '../../support/world.js';
import { completed, reckoned, required, saidEarlier, YEARLY } from './reckoned.js';

const now = Date.now();
const today = dayOf(now, 'UTC');
const from = daysAfter(today, -800);

/** The people of the list, each with how they stand. */
const listOn = (text: string): Record<string, string[]> =>
  Object.fromEntries(
    [...text.matchAll(/<tr><th scope="row"><a[^>]*><bdi>([^<]*)<\/bdi>([\s\S]*?)<\/tr>/g)].map(
      ([, name = '', rest = '']) => [
        name,
        [...rest.matchAll(/data-state="([\w-]+)"/g)].map(([, state = '']) => state),
      ],
    ),
  );

async function all(table: CsvTable): Promise<string> {
  let text = '';
  for await (const part of csvParts(table)) text += part.text;
  return text;
}

const exportedCount = (organisationId: string) =>
  count("events where name = 'organisation.exported' and organisation_id = $1", [organisationId]);

/** The numbers of the first requirement, and the list that each opens. */
const numbersOn = (text: string): Record<string, { count: number; href: string }> =>
  Object.fromEntries(
    [...text.matchAll(/data-number="([\w-]+)" href="([^"]*)"[^>]*>(?:<span>)?([\d,]+)/g)].map(
      ([, shown = '', href = '', count]) => [
        shown,
        { count: Number(count), href: href.replaceAll('&amp;', '&') },
      ],
    ),
  );

describe('how people stand', () => {
  ownWorld();
  let organisation: OrganisationFacts;
  let [oslo, rome] = ['', ''];
  let requirementId: string;
  let otto: Person;
  let luc: Person;
  const home = () => `/organisations/${organisation.id}/standings`;
  const open = async (by: Person, path: string) => {
    const page = await by.browser.get(path);
    expect(page.status, path).to.equal(200);
    return page.text;
  };
  const person = (name: string, unitId: string, hiredOn = from) =>
    member(organisation, { name, fromDay: from, hiredOn, home: { unitId, job: 'Cabin crew' } });

  before(async () => {
    organisation = await employer();
    [oslo, rome] = [await unit(organisation, 'Oslo'), await unit(organisation, 'Rome')];
    [otto, luc] = [await signedIn({ name: 'Otto Berg' }), await signedIn({ name: 'Luc Moreau' })];
    await appoint(otto, 'manager', organisation.id);
    await appoint(luc, 'manager', organisation.id, oslo);
    requirementId = await required(organisation, {
      fromDay: from,
      rule: { ...YEARLY, graceDays: 14, graceCounts: true },
    });
    const done = async (name: string, unitId: string, daysAgo: number) =>
      completed(organisation, await person(name, unitId), { on: daysAfter(today, -daysAgo) });
    await done('Current One', oslo, 30);
    await done('Current Two', rome, 40);
    await done('Ending', oslo, 350);
    await done('In Sixty', oslo, 320);
    await done('Grace', oslo, 370);
    await done('Lapsed', rome, 400);
    await person('Never', oslo);
    await member(organisation, { name: 'No Day', fromDay: from, home: { unitId: oslo, job: null } });
    await person('New', oslo, daysAfter(today, -40));
    await reckoned(organisation);
  });

  it('is shown over time for one requirement, in the whole and in a unit, as it was said', async () => {
    const said = (unitId: string, day: string, standing: string, people: number) =>
      write(
        `insert into standing_trends (requirement_id, unit_id, day, standing, organisation_id, people)
         values ($1, $2, $3, $4, $5, $6)`,
        [requirementId, unitId, day, standing, organisation.id, people],
      );
    const [past, yesterday] = [daysAfter(today, -40), daysAfter(today, -1)];
    for (const [unitId, current] of [
      ['', 3],
      [oslo, 1],
    ] as const) {
      await said(unitId, past, 'overdue', 1);
      await said(unitId, past, 'current', current);
      await said(unitId, past, 'not-yet-due', 4);
      await said(unitId, yesterday, 'overdue', 0);
      await said(unitId, yesterday, 'not-yet-due', 1);
    }
    const shares = async (query: string) =>
      [...(await open(otto, `${home()}${query}`)).matchAll(/font-weight="600">([^<]*)</g)]
        .map(([, text = '']) => text)
        .slice(-2);
    expect(await shares(`?requirement=${requirementId}`)).to.deep.equal(['37%', '75%']);
    expect(await shares(`?requirement=${requirementId}&unit=${oslo}`)).to.deep.equal(['16%', '50%']);
    for (const query of ['', `?requirement=${requirementId}&on=${past}`])
      expect(await open(otto, `${home()}${query}`), query).to.not.include('data-over-time');
    await write('delete from standing_trends where requirement_id = $1', [requirementId]);
  });

  it('is listed for each person and requirement', async () => {
    expect(listOn(await open(otto, home()))).to.deep.equal({
      ...{
        'Current One': ['current'],
        'Current Two': ['current'],
        Ending: ['expiring'],
        Grace: ['in-grace'],
      },
      ...{
        'In Sixty': ['current'],
        Lapsed: ['overdue'],
        Never: ['overdue'],
        New: ['due-soon'],
        'No Day': ['gap'],
      },
    });
  });

  for (const by of ['otto', 'luc'] as const)
    it(`has numbers that are as many as the people in the lists and files that they open, for ${by}`, async () => {
      const reader = by === 'otto' ? otto : luc;
      const numbers = numbersOn(await open(reader, home()));
      expect(Object.keys(numbers)).to.have.length(12);
      for (const [shown, { count, href }] of Object.entries(numbers)) {
        expect(Object.keys(listOn(await open(reader, href))), shown).to.have.length(count);
        const records = (await open(reader, href.replace(home(), `${home()}.csv`))).trim().split('\r\n');
        expect(records.slice(1), `${shown}, as a file`).to.have.length(count);
      }
      const found = Object.fromEntries(Object.entries(numbers).map(([shown, { count }]) => [shown, count]));
      expect(found).to.include(
        by === 'otto'
          ? { current: 3, overdue: 2, gap: 1, 'due-30': 2, 'due-60': 3, 'due-90': 3 }
          : { current: 2, overdue: 1, gap: 1, 'due-30': 2, 'due-60': 3, 'due-90': 3 },
      );
    });

  it('is narrowed to a unit', async () => {
    expect(Object.keys(listOn(await open(otto, `${home()}?unit=${rome}`)))).to.deep.equal([
      'Current Two',
      'Lapsed',
    ]);
  });

  it('lets a unit be looked for where there are many, and keeps the one that was chosen', async () => {
    const many = await employer();
    await appoint(otto, 'manager', many.id);
    await required(many, { fromDay: from });
    await manyUnits(many.id, 100);
    const rare = await unit(many, 'Hammerfest', { code: 'HFT' });
    const page = `/organisations/${many.id}/standings`;
    const all = await open(otto, page);
    expect(all).to.include('name="unitQuery"').and.not.include(`value="${rare}"`);
    for (const query of ['hammer', 'hft'])
      expect(await open(otto, `${page}?unitQuery=${encodeURIComponent(query)}&find=unit`)).to.include(
        `value="${rare}"`,
      );
    expect(await open(otto, `${page}?unit=${rare}`)).to.match(
      new RegExp(`<input[^>]*value="${rare}"[^>]*checked`),
    );
  });

  it('is seen of one’s own people alone, and by nobody from outside', async () => {
    expect(Object.keys(listOn(await open(luc, home())))).not.to.include.members(['Lapsed', 'Current Two']);
    expect((await luc.browser.get(`${home()}?unit=${rome}`)).status).to.equal(404);
    expect((await (await cleo()).browser.get(home())).status).to.equal(404);
  });

  it('is as it was on a day before, and as it will be if nobody does anything', async () => {
    const before = listOn(await open(otto, `${home()}?on=${daysAfter(today, -380)}`));
    expect(before).to.deep.include({ Lapsed: ['current'], Grace: ['overdue'], Never: ['overdue'] });
    const then = listOn(await open(otto, `${home()}?on=${daysAfter(today, 400)}`));
    expect(then).to.deep.include({ 'Current One': ['overdue'], New: ['overdue'], 'No Day': ['gap'] });
  });

  it('ignores what an address cannot mean', async () => {
    await open(otto, `${home()}?on=2026-02-31&shown=x&unit=y&requirement=%00&after=%00`);
  });

  it('is saved as a file with the columns that are documented, formulas defused, waivers in it', async () => {
    const risky = await member(organisation, {
      name: '=1+1',
      fromDay: from,
      hiredOn: from,
      home: { unitId: rome, job: null },
    });
    const of = { organisation, requirementId, membershipId: risky, actorId: null, now };
    const days = { fromDay: today, toDay: daysAfter(today, 10), dueDay: null };
    await reckoned(organisation);
    await makeExemption(of, { kind: 'waiver', reason: 'operations', ...days, note: 'apart' });
    await reckoned(organisation);
    const lines = (await open(otto, `${home()}.csv?unit=${rome}`))
      .trim()
      .split('\r\n')
      .map(line => line.split(','));
    expect(lines[0]?.length).to.equal(14);
    const waived = lines.find(cells => cells.includes('waived')) ?? [];
    expect(waived).to.include.members(["'=1+1", 'waiver', 'operations', daysAfter(today, 9)]);
    expect(lines.map(cells => cells[8])).to.have.members(['standing', 'current', 'overdue', 'waived']);
    expect((await luc.browser.get(`${home()}.csv?unit=${rome}`)).status).to.equal(404);
  });

  it('as a file is recorded: for whom, which of them, how many records, and the hash of the bytes', async () => {
    const bytes = await otto.browser.bytes(`${home()}.csv?shown=overdue&unit=${rome}`);
    const taken = await row<{ payload: string; actorId: string; organisationId: string }>(
      `select payload, actor_id as "actorId", organisation_id as "organisationId" from events
       where name = 'organisation.exported' order by created_at desc, seq desc limit 1`,
    );
    expect(taken).to.include({ actorId: otto.id, organisationId: organisation.id });
    expect(JSON.parse(taken?.payload ?? '')).to.deep.equal({
      file: 'standings',
      filters: { shown: 'overdue', unit: rome },
      rows: bytes.toString().trimEnd().split('\r\n').length - 1,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
  });

  it('as a file has its columns described beside it, and nothing leaves for that', async () => {
    const count = () => exportedCount(organisation.id);
    const before = await count();
    const csv = await otto.browser.get(`${home()}.csv?shown=overdue`);
    expect(csv.headers.get('link')).to.include(`<${home()}.csv-metadata.json>; rel="describedby"`);
    const described = JSON.parse(await open(otto, `${home()}.csv-metadata.json`)) as {
      url: string;
      tableSchema: { columns: { titles: string; datatype: string; 'dc:description': string }[] };
    };
    const { columns } = described.tableSchema;
    const [header = ''] = csv.text.replace('\ufeff', '').split('\r\n');
    expect(columns.map(({ titles }) => titles)).to.deep.equal(header.split(','));
    expect(columns[0]).to.deep.include({ datatype: 'date', 'dc:description': said('reports.column.as_of') });
    expect(csv.headers.get('content-disposition')).to.include(`"${described.url}"`);
    expect((await luc.browser.get(`/organisations/${newId()}/standings.csv-metadata.json`)).status).to.equal(
      404,
    );
    expect(await count()).to.equal(before + 1);
  });

  it('of a day is told as we said it, with the differences line by line', async () => {
    const known = daysAfter(today, -10);
    await saidEarlier(organisation, 30);
    const paper = await person('Late Paper', oslo);
    await completed(organisation, paper, { on: daysAfter(today, -30) });
    await reckoned(organisation);
    const query = `?on=${today}&known=${known}`;
    expect(Object.keys(listOn(await open(otto, `${home()}${query}`)))).not.to.include('Late Paper');
    const differences = await open(otto, `${home()}/differences${query}`);
    expect(listOn(differences)).to.deep.equal({ 'Late Paper': ['not-required', 'current'] });
    expect(listOn(await open(luc, `${home()}/differences${query}`))).to.have.keys('Late Paper');
  });

  it('is looked at on a day that is typed, and says what is wrong with it', async () => {
    const boxes = (name: string, day: string) => {
      const [year, month, date] = day.split('-');
      return `${name}-day=${date}&${name}-month=${month}&${name}-year=${year}`;
    };
    const page = await otto.browser.get(
      `${home()}/day?${boxes('on', daysAfter(today, -380))}&known-day=&known-month=&known-year=`,
    );
    expect(page.path).to.include(`on=${daysAfter(today, -380)}`);
    const wrong = await otto.browser.get(
      `${home()}/day?${boxes('on', '2026-02-31')}&${boxes('known', daysAfter(today, 2))}`,
    );
    expect(wrong.status).to.equal(422);
    expect(Object.keys(errorsOn(wrong))).to.deep.equal(['on', 'known']);
  });

  it('is the same file in whatever parts it is read, those included who stand with nothing', async () => {
    await memberOf(luc, organisation.id);
    const actor = await loadActor(otto.id, now);
    const open = await openStandings(actor, { id: organisation.id, query: {}, now });
    const whole = await all(standingsTable(open));
    expect(whole.split('\r\n').length).to.be.greaterThan(10);
    for (const limit of [1, 2, 3])
      expect(await all(standingsTable(open, limit)), String(limit)).to.equal(whole);
  });
});
