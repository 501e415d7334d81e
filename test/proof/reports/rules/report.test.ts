import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { unzipSync } from 'fflate';
import { dayOf, daysAfter } from '../../../../server/platform/lib/days.js';
import { askedPeriod, yearsBefore } from '../../../../server/proof/reports/rules/report/report-period.js';
import { chooseRule } from '../../../../server/proof/reports/rules/rule-choices.js';
import { employer, member, unit } from '../../../support/organisations.js';
import { signedIn, type Person } from '../../../support/people.js';
import { plain, send } from '../../../support/pages.js';
import { appoint } from '../../../support/roles.js';
import { rows, write } from '../../../support/rows.js';
import { errorsOn, said } from '../../../support/said.js';
import { ownWorld, world } from '../../../support/world.js';
import { completed, reckoned, required } from '../reckoned.js';

const FEDERAL = 'us-far-52-247-69';

describe('the period of a report', () => {
  it('is a year that has ended, the last one first, or the one that runs', () => {
    expect(yearsBefore('2026-11-29', '10-01')).to.deep.equal([
      { from: '2025-10-01', last: '2026-09-30' },
      { from: '2024-10-01', last: '2025-09-30' },
      { from: '2026-10-01', last: '2027-09-30' },
    ]);
    expect(yearsBefore('2026-09-30', '10-01')[0]).to.deep.equal({ from: '2024-10-01', last: '2025-09-30' });
    expect(yearsBefore('2026-12-31', '01-01').map(({ from }) => from)).to.deep.equal([
      ...['2025-01-01', '2024-01-01', '2026-01-01'],
    ]);
  });

  it('is what was typed, or a fault for each day that is wrong', () => {
    const first = { from: '2025-10-01', last: '2026-09-30' };
    const wrongOf = (query: object) => askedPeriod(query, first).wrong;
    expect(askedPeriod({}, first).period).to.deep.equal(first);
    expect(askedPeriod({ from: '2026-01-01', last: '2026-01-01' }, first).period?.last).to.equal(
      '2026-01-01',
    );
    expect(wrongOf({ from: '2026-02-30', last: '2026-03-01' })).to.deep.equal(['from']);
    expect(wrongOf({ from: '2026-02-01', last: '2026-01-31' })).to.deep.equal(['last']);
    expect(wrongOf({ from: '2000-01-01', last: '2026-01-31' })).to.deep.equal(['last']);
    expect(wrongOf({ 'from-year': 'x' })).to.deep.equal(['from', 'last']);
  });
});

describe('a report on a rule', () => {
  ownWorld();

  const today = dayOf(Date.now(), 'UTC');
  const [year = { from: '', last: '' }] = yearsBefore(today, '10-01');
  const inYear = daysAfter(year.from, 40);
  let organisation: Awaited<ReturnType<typeof employer>>;
  let admin: Person;
  let manager: Person;
  let late: string;
  const page = () => `/organisations/${organisation.id}/evidence/rules/${FEDERAL}/report`;
  const log = () => `/organisations/${organisation.id}/evidence/notifications`;

  before(async () => {
    organisation = await employer();
    [admin, manager] = [await signedIn(), await signedIn()];
    await appoint(admin, 'administrator', organisation.id);
    await appoint(manager, 'manager', organisation.id);
    const [oslo, rome] = [await unit(organisation, 'Oslo'), await unit(organisation, 'Rome')];
    const fromDay = daysAfter(year.from, -800);
    const crew = (name: string, unitId: string, job: string) =>
      member(organisation, { name, fromDay, home: { unitId, job } });
    const [ada, ben, gia] = [
      await crew('Ada', oslo, 'Cabin crew'),
      await crew('Ben', oslo, 'Cabin crew'),
      await crew('Gia', rome, 'Gate agent'),
    ];
    late = await crew('Lea', rome, 'Gate agent');
    await completed(organisation, ada, { on: inYear });
    await completed(organisation, ben, { on: daysAfter(inYear, -300) });
    await completed(organisation, ben, { on: inYear });
    await completed(organisation, gia, { on: year.from });
    // On the last day, and once more on the day after, which is outside.
    await completed(organisation, gia, { on: year.last });
    await completed(organisation, late, { on: daysAfter(year.last, 1) });
    const requirementId = await required(organisation, { fromDay: daysAfter(year.from, -700) });
    await reckoned(organisation);
    await write('update standing_intervals set recorded_at = 1 where organisation_id = $1', [
      organisation.id,
    ]);
    const by = { organisationId: organisation.id, actorId: admin.id, now: Date.now() };
    const chosen = { ruleId: FEDERAL, concerns: true, requirements: [requirementId], note: '' };
    await chooseRule(chosen, by);
  });

  const sentencesOf = async (query = '') => plain((await manager.browser.get(page() + query)).text);

  it('counts people of the fiscal year by what they did, with a sentence for each number', async () => {
    const text = await sentencesOf();
    for (const sentence of [
      said('ruleReport.trained', { count: 3 }),
      said('ruleReport.initial', { count: 2 }),
      said('ruleReport.again', { count: 2 }),
      said('ruleReport.both', { count: 1 }),
      said('ruleReport.concernedTrained', { count: 3 }),
      said('ruleReport.notified', { count: 0, staff: 0, passenger: 0 }),
    ])
      expect(text).to.include(sentence);
    expect(text)
      .to.match(/Cabin crew 2 1 1/)
      .and.match(/Gate agent 1 1 1/)
      .and.match(/Oslo 2 1 1/);
  });

  it('counts any other period, and says what is wrong with one', async () => {
    const day = daysAfter(year.last, 1);
    expect(await sentencesOf(`?from=${day}&last=${day}`)).to.include(
      said('ruleReport.trained', { count: 1 }),
    );
    const wrong = await manager.browser.get(`${page()}?from-day=31&from-month=2&from-year=2026&last=${day}`);
    expect([wrong.status, Object.keys(errorsOn(wrong))]).to.deep.equal([422, ['from']]);
  });

  it('is for whoever manages the whole organisation alone', async () => {
    const outsider = await signedIn();
    await appoint(outsider, 'administrator', (await employer()).id);
    const ofUnit = await signedIn();
    await appoint(ofUnit, 'manager', organisation.id, await unit(organisation, 'Nice'));
    for (const who of [outsider, ofUnit]) {
      expect((await who.browser.get(page())).status).to.equal(404);
      expect((await send(who.browser, page(), year as never)).status).to.equal(404);
      expect((await who.browser.get(log())).status).to.equal(404);
    }
    expect((await manager.browser.get(log())).status).to.equal(404);
  });

  const dayBoxes = (name: string, day: string) => {
    const [y = '', m = '', d = ''] = day.split('-');
    return { [`${name}-day`]: d, [`${name}-month`]: m, [`${name}-year`]: y };
  };

  it('counts notifications, with days and no word of anybody', async () => {
    const path = `${log()}/new`;
    const enter = async (fields: Record<string, string>) => {
      const { text } = await admin.browser.get(path);
      expect(text).to.not.match(/<textarea|type="text"(?![^>]*inputmode="numeric")/);
      return admin.browser.submit(path, fields);
    };
    const refused = await enter({ ...dayBoxes('day', daysAfter(today, 1)), hotline: 'yes' });
    expect(Object.keys(errorsOn(refused))).to.deep.equal(['day', 'source', 'hotlineOn', 'police']);
    const blank = await enter({ ...dayBoxes('day', '--'), source: 'staff', hotline: 'yes', police: 'no' });
    expect(Object.keys(errorsOn(blank))).to.deep.equal(['day', 'hotlineOn']);
    const early = { source: 'staff', hotline: 'no', police: 'yes', ...dayBoxes('policeOn', year.from) };
    expect(Object.keys(errorsOn(await enter({ ...dayBoxes('day', inYear), ...early })))).to.deep.equal([
      'policeOn',
    ]);
    await enter({ ...dayBoxes('day', inYear), ...early, ...dayBoxes('policeOn', inYear) });
    await enter({ ...dayBoxes('day', year.last), source: 'passenger', hotline: 'no', police: 'no' });
    const text = await sentencesOf();
    expect(text)
      .to.include(said('ruleReport.notified', { count: 2, staff: 1, passenger: 1 }))
      .and.include(said('ruleReport.toldOf', { hotline: 0, police: 1 }));
  });

  const sealedFile = async () => {
    const found = await rows<{ id: string; sha256: string }>(
      "select id, sha256 from sealed_files where organisation_id = $1 and kind = 'rule-report' order by known_at",
      [organisation.id],
    );
    const [first] = found;
    if (!first) throw new Error('Nothing was sealed');
    return first;
  };
  const bytesOf = ({ id }: { id: string }) =>
    manager.browser.bytes(`/organisations/${organisation.id}/evidence/files/${id}/download`);

  it('is sealed: the same bytes after a late paper, and the difference named', async () => {
    await send(manager.browser, page(), { ...year });
    await world().worker.drain();
    const file = await sealedFile();
    const before = await bytesOf(file);
    expect(createHash('sha256').update(before).digest('hex')).to.equal(file.sha256);
    const since = `${page()}/since/${file.id}`;
    expect((await manager.browser.get(since)).text).to.include(said('ruleReport.same'));

    await completed(organisation, late, { on: inYear, said: Date.now() });
    const [counted] = await rows<{ id: string }>('select id from notification_counts where day = $1', [
      year.last,
    ]);
    await send(admin.browser, `${log()}/${counted?.id}/removal`);
    expect((await bytesOf(file)).equals(before)).to.equal(true);
    const text = plain((await manager.browser.get(since)).text);
    expect(text)
      .to.include(said('ruleReport.late', { count: 1 }))
      .and.include('Lea');
    expect(text)
      .to.include(`${said('ruleReport.compare.people')} 3 4`)
      .and.include(`${said('ruleReport.compare.notifications')} 2 1`);
    const other = `/organisations/${organisation.id}/evidence/rules/us-49usc-44738-staff/report/since/${file.id}`;
    expect((await manager.browser.get(other)).status).to.equal(404);
  });

  it('holds its numbers, a page to read, and tables with what their columns mean', async () => {
    const files = unzipSync(await bytesOf(await sealedFile()));
    const textOf = (path: string) => Buffer.from(files[path] ?? []).toString();
    const facts = JSON.parse(textOf('report.json')) as {
      numbers: object;
      period: object;
      sentences: string[];
    };
    expect(facts.period).to.deep.equal(year);
    expect(facts.numbers).to.include({
      people: 3,
      initial: 2,
      again: 2,
      concernedTrained: 3,
      notifications: 2,
    });
    for (const sentence of facts.sentences) expect(textOf('report.html')).to.include(sentence);
    for (const table of ['people-by-job', 'people-by-unit', 'notifications']) {
      const { tableSchema } = JSON.parse(textOf(`${table}.csv-metadata.json`)) as {
        tableSchema: { columns: { titles: string }[] };
      };
      const [header] = textOf(`${table}.csv`).replace('\ufeff', '').split('\r\n');
      expect(header).to.equal(tableSchema.columns.map(({ titles }) => titles).join(','));
    }
    expect(
      Object.values(files)
        .map(bytes => Buffer.from(bytes).toString())
        .join(''),
    ).to.not.match(/Ada|Lea|complian/);
    for (const line of textOf('SHA256SUMS').trim().split('\n')) {
      const [sum, path = ''] = line.split('  ');
      expect(
        createHash('sha256')
          .update(Buffer.from(files[path] ?? []))
          .digest('hex'),
        path,
      ).to.equal(sum);
    }
  });

  it('does not count a training that never held, and says so of one that was sealed', async () => {
    const [credit] = await rows<{ id: string }>(
      'select id from credits where organisation_id = $1 and completed_on = $2 order by id limit 1',
      [organisation.id, year.last],
    );
    await write(
      `insert into credit_voids (id, credit_id, organisation_id, because, from_day, recorded_at)
       values ('void-1', $1, $2, 'not-earned', $3, $4)`,
      [credit?.id ?? '', organisation.id, year.last, Date.now()],
    );
    expect(await sentencesOf()).to.include(said('ruleReport.again', { count: 1 }));
    const since = await manager.browser.get(`${page()}/since/${(await sealedFile()).id}`);
    expect(plain(since.text))
      .to.include(said('ruleReport.gone', { count: 1 }))
      .and.include('Gia');
  });
});
