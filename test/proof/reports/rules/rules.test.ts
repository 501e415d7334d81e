import { expect } from 'chai';
import { rulesPage } from '../../../../server/proof/reports/rules/rules-page.js';
import { approvalsKnownAt, isInForce } from '../../../../server/proof/reports/rules/approvals.js';
import { coverageOf } from '../../../../server/proof/reports/rules/coverage.js';
import { currentCourse } from '../../../../server/teaching/courses/catalogue.js';
import { daysAfter } from '../../../../server/platform/lib/days.js';
import { newId } from '../../../../server/platform/lib/ids.js';
import { employer } from '../../../support/organisations.js';
import { dina, signedIn, type Person } from '../../../support/people.js';
import { send } from '../../../support/pages.js';
import { appoint } from '../../../support/roles.js';
import { rows } from '../../../support/rows.js';
import { errorsOn, said } from '../../../support/said.js';
import { ownWorld, world } from '../../../support/world.js';
import { required } from '../reckoned.js';

const LODGING = 'us-fl-509-096';

const dayBoxes = (name: string, day: string) => {
  const [year = '', month = '', date = ''] = day.split('-');
  return { [`${name}-day`]: date, [`${name}-month`]: month, [`${name}-year`]: year };
};

const eventsOf = async (organisationId: string, name: string) =>
  (
    await rows<{ payload: string }>(
      'select payload from events where organisation_id = $1 and name = $2 order by seq',
      [organisationId, name],
    )
  ).map(({ payload }) => JSON.parse(payload) as Record<string, unknown>);

describe('the rules of an organisation', () => {
  ownWorld();

  let organisation: Awaited<ReturnType<typeof employer>>;
  let admin: Person;
  let manager: Person;
  const home = () => `/organisations/${organisation.id}/evidence/rules`;

  const fill = async (path: string, fields: Record<string, string>) => {
    await admin.browser.get(path);
    return admin.browser.submit(path, fields);
  };

  before(async () => {
    organisation = await employer();
    [admin, manager] = [await signedIn(), await signedIn()];
    await appoint(admin, 'administrator', organisation.id);
    await appoint(manager, 'manager', organisation.id);
  });

  it('are read by whoever manages it, changed by whoever administers it, and unknown to everybody else', async () => {
    const outsider = await signedIn();
    await appoint(outsider, 'administrator', (await employer()).id);
    for (const path of ['', `/${LODGING}`, `/${LODGING}/coverage.csv`]) {
      expect((await manager.browser.get(home() + path)).status, path).to.equal(200);
      expect((await outsider.browser.get(home() + path)).status, path).to.equal(404);
      expect(
        (
          await world()
            .visitor()
            .get(home() + path)
        ).path,
        path,
      ).to.match(/^\/sign-in/);
    }
    for (const path of [
      `/${LODGING}/choice`,
      `/${LODGING}/approval`,
      `/${LODGING}/approval/${newId()}/removal`,
    ])
      for (const who of [manager, outsider])
        expect((await send(who.browser, home() + path)).status, path).to.be.oneOf([403, 404]);
    expect((await manager.browser.get(`${home()}/no-such-rule`)).status).to.equal(404);
  });

  it('claim nothing for one whose content is to be approved first, until an approval is recorded', async () => {
    const page = await admin.browser.get(`${home()}/${LODGING}`);
    expect(page.text).to.include('data-state="after-approval"').and.include(said('ruleMap.nobodyRead'));
    expect(page.text).to.not.match(/complian|compliant/i);
    const refused = await fill(`${home()}/${LODGING}/approval`, {
      version: '999',
      course: 'airline-and-transport',
    });
    expect(refused.status).to.equal(422);
    expect(Object.keys(errorsOn(refused))).to.include.members(['authority', 'number', 'version']);
    const { number } = (await currentCourse('airline-and-transport')) ?? { number: 0 };
    const typed = {
      authority: 'DBPR',
      number: 'HT-117',
      course: 'airline-and-transport',
      version: String(number),
    };
    const wrongEnd = { ...dayBoxes('from', '2026-06-01'), ...dayBoxes('last', '2026-05-31') };
    const early = await fill(`${home()}/${LODGING}/approval`, { ...typed, ...wrongEnd });
    expect(Object.keys(errorsOn(early))).to.deep.equal(['last']);
    const noDay = await fill(`${home()}/${LODGING}/approval`, { ...typed, ...dayBoxes('from', '--') });
    expect(Object.keys(errorsOn(noDay))).to.deep.equal(['from']);
    const days = { ...dayBoxes('from', '2026-06-01'), ...dayBoxes('last', '2026-12-31') };
    await fill(`${home()}/${LODGING}/approval`, { ...typed, ...days });
    const [known] = await approvalsKnownAt(organisation.id, Date.now());
    expect(known).to.include({ number: 'HT-117', fromDay: '2026-06-01', toDay: '2027-01-01' });
    const on = (day: string, version: number | null = number) =>
      known && isInForce(known, { courseSlug: 'airline-and-transport', version, day });
    expect([on('2026-05-31'), on('2026-06-01'), on('2026-12-31'), on('2027-01-01')]).to.deep.equal([
      ...[false, true, true, false],
    ]);
    expect([on('2026-07-01', number + 1), on('2026-07-01', null)]).to.deep.equal([false, false]);
    const listedOn = async (today: string) =>
      (await rulesPage(organisation.id, { today, now: Date.now() })).subjects
        .flatMap(({ rules }) => rules)
        .filter(({ state }) => state === 'approved')
        .map(({ href }) => href);
    expect(await listedOn('2026-07-01')).to.deep.equal([`${home()}/${LODGING}`]);
    expect(await listedOn('2027-01-01')).to.deep.equal([]);
  });

  it('keep what was known before an approval was taken back, with an event for each', async () => {
    const before = Date.now();
    const [known] = await approvalsKnownAt(organisation.id, before);
    const path = `${home()}/${LODGING}/approval/${known?.id}/removal`;
    await send(admin.browser, path);
    expect((await send(admin.browser, path)).status).to.equal(409);
    expect(await approvalsKnownAt(organisation.id, Date.now() + 60_000)).to.deep.equal([]);
    expect(await approvalsKnownAt(organisation.id, known?.recordedAt ?? 0)).to.have.length(1);
    expect(await eventsOf(organisation.id, 'content-approval.recorded')).to.have.length(1);
    expect(await eventsOf(organisation.id, 'content-approval.removed')).to.have.length(1);
  });

  it('are said to concern the organisation or not, with the requirements that serve them', async () => {
    const id = await required(organisation, { fromDay: daysAfter('2026-01-01', 1) });
    const path = `${home()}/${LODGING}/choice`;
    const refused = await fill(path, { note: 'x'.repeat(501) });
    expect(Object.keys(errorsOn(refused))).to.deep.equal(['concerns', 'note']);
    const saved = { concerns: 'yes', [`requirement-${id}`]: 'yes', note: 'Base <b>Miami</b>' };
    const page = await fill(path, saved);
    expect(page.text)
      .to.include(`/requirements/${id}`)
      .and.include('Base &lt;b&gt;Miami&lt;/b&gt;')
      .and.include(said('ruleMap.concernsYes'));
    await fill(path, { concerns: 'no' });
    expect(await eventsOf(organisation.id, 'rule.chosen')).to.deep.equal([
      { ruleId: LODGING, concerns: true, requirements: [id] },
      { ruleId: LODGING, concerns: false, requirements: [] },
    ]);
  });

  it('say of what a count proves that a count proves it, and miss no lesson there', async () => {
    const { text } = await admin.browser.get(`${home()}/us-far-52-247-69`);
    expect([...text.matchAll(/data-counted/g)]).to.have.length(2);
    expect(text).not.to.include(said('ruleMap.noLesson'));
    expect((await admin.browser.get(`${home()}/us-far-52-247-69/coverage.csv`)).text)
      .to.include('count,trained')
      .and.include('count,notifications');
  });

  it('show the lessons of a restricted course only to those who may take it', async () => {
    const page = await admin.browser.get(`${home()}/us-tx-occ-1701-258`);
    expect(page.text).to.include(said('ruleMap.restricted')).and.include(said('ruleMap.noCourse'));
  });
});

describe('the coverage of a rule', () => {
  ownWorld();

  it('finds each lesson and question by its objective, once, and what is named beside it', async () => {
    await dina();
    const course = await currentCourse('airline-and-transport');
    if (!course) throw new Error('There is no such course');
    const topic = { text: 'Handover', gaps: [], objectives: ['TA-O5'], lessons: [], items: [] };
    const count = { ...topic, objectives: [], counted: 'trained' as const };
    const named = { ...topic, objectives: [], lessons: ['airline-and-transport/05-road-rail-and-sea'] };
    const [handover, road, people] = coverageOf({ topics: [topic, named, count] }, course);
    expect([handover?.counted, people?.counted]).to.deep.equal([null, 'trained']);
    expect(handover?.lessons.map(({ lesson }) => lesson)).to.include(
      'airline-and-transport/04-the-note-and-after-landing',
    );
    expect(handover?.items.length).to.be.greaterThan(0);
    expect(new Set(handover?.items).size).to.equal(handover?.items.length);
    expect(road).to.deep.include({ items: [] });
    expect(road?.lessons).to.have.length(1);
  });
});
