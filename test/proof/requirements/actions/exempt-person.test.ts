import { expect } from 'chai';
import { onNudge } from '../../../../server/platform/events/jobs/nudge.js';
import { dayOf, daysAfter } from '../../../../server/platform/lib/days.js';
import { newId } from '../../../../server/platform/lib/ids.js';
import { dayWords } from '../../../../server/people/organisations/day-words.js';
import type { OrganisationFacts } from '../../../../server/people/organisations/memberships.js';
import { keepVersion } from '../../../../server/proof/requirements/rules/keep-requirements.js';
import { inBoxes } from '../../../support/dates.js';
import { employer, linked, member, unit } from '../../../support/organisations.js';
import { plain, send } from '../../../support/pages.js';
import { cleo, signedIn, type Person } from '../../../support/people.js';
import { appoint } from '../../../support/roles.js';
import { count, write } from '../../../support/rows.js';
import { errorsOn, said } from '../../../support/said.js';
import { ownWorld, reactToNews, world } from '../../../support/world.js';
import { audienceOf, someRule } from '../some-rule.js';

describe('exempting one person', () => {
  ownWorld();
  let organisation: OrganisationFacts;
  let fra: string;
  let id: string;
  let home: string;
  let page: string;
  let requirement: string;
  let today: string;
  let otto: Person;
  before(async () => (otto = await signedIn({ name: 'Otto Berg' })));
  // Standings are reckoned when a test says so, however busy the machine is.
  before(() => void onNudge(() => undefined));
  after(reactToNews);
  beforeEach(async () => {
    organisation = await employer();
    await appoint(otto, 'administrator', organisation.id);
    fra = await unit(organisation, 'Frankfurt');
    today = dayOf(Date.now(), organisation.timeZone);
    id = await member(organisation, { name: 'Ida Solberg', home: { unitId: fra, job: 'Crew' } });
    const asked = { requirementId: null, after: 0, title: 'Awareness', fromDay: today, rule: someRule() };
    const kept = await keepVersion({ organisation, actorId: null, now: Date.now() }, asked);
    const requirementId = kept.kind === 'kept' ? kept.requirementId : '';
    page = `/organisations/${organisation.id}/people/${id}/requirements`;
    home = `${page}/${requirementId}`;
    requirement = `/organisations/${organisation.id}/requirements/${requirementId}`;
  });

  const form = (more = {}) => ({
    ...{ kind: 'waiver', reason: 'no-contact', note: 'Agreed with the base' },
    ...inBoxes('from', today),
    ...inBoxes('until', daysAfter(today, 30)),
    ...more,
  });
  const standing = () =>
    count('exemptions where organisation_id = $1 and retired_at is null', [organisation.id]);

  it('is entered from their page, shows there and on the requirement, and can be ended', async () => {
    expect((await otto.browser.get(page.replace(/\/requirements$/, ''))).text).to.include(`href="${page}"`);
    await otto.browser.get(`${home}/exemption`);
    const kept = await otto.browser.submit(`${home}/exemption`, form());
    expect(kept.path).to.equal(`${page}?done=exemption-made`);
    const texts = plain(kept.text);
    expect(texts).to.include(said('exemptions.reason.no-contact')).and.to.include('Agreed with the base');
    const list = plain((await otto.browser.get(requirement)).text);
    expect(list).to.include('Ida Solberg').and.to.include(said('exemptions.reason.no-contact'));
    expect(list, 'notes stand with the person alone').not.to.include('Agreed with the base');
    const end = /action="([^"]+\/end)"/.exec((await otto.browser.get(page)).text)?.[1] ?? '';
    expect((await otto.browser.submit(end)).path).to.equal(`${page}?done=exemption-ended`);
    expect(await standing()).to.equal(0);
    expect((await send(otto.browser, end)).status).to.equal(409);
  });

  it('is offered only where the requirement means them; others are marked, and can be added by hand', async () => {
    const asked = {
      ...{ requirementId: null, after: 0, title: 'For pilots', fromDay: today },
      rule: someRule({ audience: audienceOf({ jobs: ['Pilot'] }) }),
    };
    const kept = await keepVersion({ organisation, actorId: null, now: Date.now() }, asked);
    const other = `${page}/${kept.kind === 'kept' ? kept.requirementId : ''}`;
    const sections = async () =>
      [...(await otto.browser.get(page)).text.matchAll(/data-means="(\w+)">\s*<h2><bdi>([^<]*)/g)].map(
        ([, means, title]) => [title, means],
      );
    expect(await sections()).to.deep.equal([
      ['Awareness', 'pending'],
      ['For pilots', 'pending'],
    ]);
    await world().worker.drain();
    expect(await sections()).to.deep.equal([
      ['Awareness', 'yes'],
      ['For pilots', 'no'],
    ]);
    const { text } = await otto.browser.get(page);
    expect(text)
      .to.include(`${home}/exemption"`)
      .and.include(`${other}/mark"`)
      .and.not.include(`${other}/exemption"`);
    expect((await otto.browser.get(`${other}/exemption`)).status).to.equal(409);
    expect((await send(otto.browser, `${other}/exemption`, form())).status).to.equal(409);
    expect(await standing()).to.equal(0);
  });

  it('says beside each standing until when it lasts, since when it has, or by when something is due', async () => {
    await world().worker.drain();
    const [due, since] = [daysAfter(today, -20), daysAfter(today, -19)];
    const words = async (standing: string, dueDay: string): Promise<string> => {
      await write(
        `update standing_intervals set standing = $1, due_day = $2, from_day = $3, to_day = null where membership_id = $4`,
        [standing, dueDay, since, id],
      );
      return plain((await otto.browser.get(page)).text);
    };
    for (const [standing, way, day] of [
      ['current', 'until', daysAfter(today, 200)],
      ['expiring', 'until', daysAfter(today, 5)],
      ['due-soon', 'by', daysAfter(today, 5)],
      ['not-yet-due', 'by', daysAfter(today, 90)],
      ['in-grace', 'ended', due],
    ] as const)
      expect(await words(standing, day), standing).to.include(
        `${said(`requirements.standing.${standing}`)} ${said(`exemptions.due.${way}`, { day: dayWords(day) })}`,
      );
    expect(await words('overdue', due)).to.include(
      `${said('requirements.standing.overdue')} ${said('exemptions.due.since', { day: dayWords(since) })}`,
    );
  });

  it('refuses what cannot be, says where, and writes nothing', async () => {
    const cases: [Record<string, string>, string[]][] = [
      [{ kind: '', reason: 'holiday' }, ['kind', 'reason']],
      [inBoxes('from', daysAfter(today, -1)), ['from']],
      [inBoxes('until', daysAfter(today, -1)), ['until']],
      [inBoxes('until', daysAfter(today, 800)), ['until']],
      [{ 'until-day': '', 'until-month': '', 'until-year': '' }, ['until']],
    ];
    for (const [wrong, fields] of cases) {
      const refused = await send(otto.browser, `${home}/exemption`, form(wrong));
      expect([refused.status, Object.keys(errorsOn(refused))], JSON.stringify(wrong)).to.deep.equal([
        422,
        fields,
      ]);
      expect(refused.text).to.include('Agreed with the base');
    }
    await send(otto.browser, `${home}/exemption`, form());
    const twice = await send(otto.browser, `${home}/exemption`, form());
    expect(errorsOn(twice)).to.deep.equal({ from: said('exemptions.error.overlaps') });
    expect(await standing()).to.equal(1);
  });

  it('adds and takes out by hand', async () => {
    await otto.browser.get(`${home}/mark`);
    const kept = await otto.browser.submit(`${home}/mark`, { mark: 'removed', ...inBoxes('day', today) });
    expect(kept.path).to.equal(`${page}?done=person-marked`);
    expect(plain((await otto.browser.get(requirement)).text)).to.include(said('exemptions.mark.removed'));
    const wrong = await send(otto.browser, `${home}/mark`, {
      mark: 'perhaps',
      ...inBoxes('day', daysAfter(today, -3)),
    });
    expect([wrong.status, Object.keys(errorsOn(wrong))]).to.deep.equal([422, ['mark', 'day']]);
  });

  it('is for nobody themselves, not even an administrator', async () => {
    await linked(id, otto.id);
    expect(plain((await otto.browser.get(page)).text)).to.include(said('exemptions.own'));
    for (const path of [`${home}/exemption`, `${home}/mark`])
      expect((await otto.browser.get(path)).status, path).to.equal(403);
    expect((await send(otto.browser, `${home}/exemption`, form())).status).to.equal(403);
    expect(
      (await send(otto.browser, `${home}/mark`, { mark: 'removed', ...inBoxes('day', today) })).status,
    ).to.equal(403);
    expect(await standing()).to.equal(0);
    await otto.browser.get(page);
  });

  it('can be seen by who manages them, without notes, and decided by administrators alone', async () => {
    await send(otto.browser, `${home}/exemption`, form());
    const [luc, other] = [await signedIn(), await signedIn()];
    await appoint(luc, 'manager', organisation.id, fra);
    await appoint(other, 'manager', organisation.id, await unit(organisation, 'Oslo'));
    const seen = await luc.browser.get(page);
    expect(plain(seen.text))
      .to.include(said('exemptions.reason.no-contact'))
      .and.not.to.include('Agreed with the base');
    expect((await send(luc.browser, `${home}/exemption`, form())).status).to.equal(403);
    expect((await other.browser.get(page)).status).to.equal(404);
    expect(plain((await other.browser.get(requirement)).text), 'of their own people alone').not.to.include(
      'Ida Solberg',
    );
    expect(plain((await luc.browser.get(requirement)).text)).to.include('Ida Solberg');
  });

  it('is not there for anybody else, nor for an id of another organisation', async () => {
    const stranger = await cleo();
    for (const path of [page, `${home}/exemption`, `${home}/mark`])
      expect((await stranger.browser.get(path)).status).to.equal(404);
    for (const path of [`${home}/exemption`, `${home}/mark`, `${home}/exemptions/${newId()}/end`])
      expect((await send(stranger.browser, path, form())).status, path).to.equal(404);
    const foreign = `${page}/${newId()}/exemption`;
    expect((await otto.browser.get(foreign)).status).to.equal(404);
    expect((await send(otto.browser, foreign, form())).status).to.equal(404);
  });
});
