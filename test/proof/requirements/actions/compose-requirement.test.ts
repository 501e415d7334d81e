import { expect } from 'chai';
import { inTransaction } from '../../../../server/platform/db/transaction.js';
import { dayOf, daysAfter } from '../../../../server/platform/lib/days.js';
import { newId } from '../../../../server/platform/lib/ids.js';
import { insertMany } from '../../../../server/people/organisations/many-rows.js';
import type { OrganisationFacts } from '../../../../server/people/organisations/memberships.js';
import { Membership } from '../../../../server/people/organisations/tables.js';
import { inBoxes } from '../../../support/dates.js';
import { employer, manyUnits, member, unit, linked } from '../../../support/organisations.js';
import { plain, send } from '../../../support/pages.js';
import { cleo, signedIn, type Person } from '../../../support/people.js';
import { appoint } from '../../../support/roles.js';
import { count, row, rows, write } from '../../../support/rows.js';
import { errorsOn, said } from '../../../support/said.js';
import { ownWorld, world } from '../../../support/world.js';
import { composed, confirmOn, rehearsalOf } from '../composing.js';

/** How many people a rehearsal says that it does something to, by kind. */
const consequences = (text: string): Record<string, number> =>
  Object.fromEntries(
    [...text.matchAll(/data-consequence="([\w-]+)">\s*<h2>[^<]*?([\d,]+)<\/h2>/g)].map(
      ([, kind = '', number]) => [kind, Number(number?.replaceAll(',', ''))],
    ),
  );

describe('composing a requirement', () => {
  ownWorld();
  let organisation: OrganisationFacts;
  let fra: string;
  let home: string;
  let today: string;
  let otto: Person;
  before(async () => (otto = await signedIn({ name: 'Otto Berg' })));
  beforeEach(async () => {
    organisation = await employer();
    await appoint(otto, 'administrator', organisation.id);
    fra = await unit(organisation, 'Frankfurt');
    home = `/organisations/${organisation.id}/requirements`;
    today = dayOf(Date.now(), organisation.timeZone);
  });

  const crew = (name: string, hiredOn = daysAfter(today, -10)) =>
    member(organisation, { name, hiredOn, home: { unitId: fra, job: 'CABIN crew' } });
  const form = (more = {}) => ({ ...composed({ units: fra, ...inBoxes('day', today), ...more }) });
  const versions = () =>
    rows<{ number: number; rule: string }>(
      'select number, rule from requirement_versions where organisation_id = $1 order by number',
      [organisation.id],
    );

  it('shows what it would do, keeps nothing until it is confirmed, and then shows the sentence', async () => {
    await crew('Ida Solberg');
    await member(organisation, { name: 'Nobody Meant', hiredOn: today, home: { unitId: fra, job: 'Gate' } });
    const page = await rehearsalOf(otto, `${home}/new`, form());
    expect(consequences(page.text)).to.deep.equal({ joins: 1 });
    expect(plain(page.text)).to.include('Ida Solberg').and.not.to.include('Nobody Meant');
    expect(await versions()).to.have.length(0);
    const kept = await confirmOn(otto, page);
    expect(kept.path).to.match(/\/requirements\/[\da-f-]{36}\?done=requirement-kept$/);
    expect(plain(kept.text))
      .to.include('Frankfurt')
      .and.to.include('Cabin crew')
      .and.to.include(said('requirements.undo.link'));
    expect((await versions()).map(({ number }) => number)).to.deep.equal([1]);
    expect(plain((await otto.browser.get(home)).text)).to.include('Frankfurt');
  });

  it('counts reminders of those who have an account, invitations of the others, and whom no mail reaches', async () => {
    await linked(await crew('Ida Solberg'), otto.id);
    const [mara] = [await crew('Mara Lind'), await crew('Gil Orr')];
    await write('update membership_people set email = $2 where membership_id = $1', [
      mara,
      'mara@example.org',
    ]);
    const { text } = await rehearsalOf(otto, `${home}/new`, form());
    const figures = Object.fromEntries(
      [...text.matchAll(/<dt>([^<]*)<\/dt><dd[^>]*>([^<]*)</g)].map(([, label = '', value]) => [
        plain(label),
        value,
      ]),
    );
    expect(figures).to.include({
      [said('requirements.figure.mails', { days: 90 })]: '2',
      [said('requirements.figure.invited')]: '1',
    });
    expect(plain(text)).to.include(said('mailReach.no-address', { count: 1 }));
  });

  it('lists a rehearsal that was left, with the way back and to discard it, until it is confirmed', async () => {
    await crew('Ida Solberg');
    const drafts = async (by = otto): Promise<string[]> =>
      [...(await by.browser.get(home)).text.matchAll(/href="([^"]+\/drafts\/[^"]+)"/g)].map(
        ([, href = '']) => href,
      );
    const left = await rehearsalOf(otto, `${home}/new`, form());
    const [path = ''] = await drafts();
    expect(left.path).to.equal(path);
    expect(consequences((await otto.browser.get(path)).text)).to.deep.equal({ joins: 1 });
    const corrected = await otto.browser.get(`${home}/new?draft=${path.split('/').at(-1)}`);
    expect(corrected.text).to.include('name="draft"');
    const [next, ...others] = await otto.browser
      .submit(`${home}/new`, form({ dueDays: '30' }))
      .then(() => drafts());
    expect([next === path, others]).to.deep.equal([false, []]);
    const manager = await cleo();
    await appoint(manager, 'manager', organisation.id);
    expect(await drafts(manager)).to.deep.equal([]);
    await otto.browser.get(home);
    expect((await otto.browser.submit(`${next}/removal`)).path).to.equal(`${home}?done=draft-discarded`);
    expect(await drafts()).to.deep.equal([]);
    await confirmOn(otto, await rehearsalOf(otto, `${home}/new`, form()));
    expect(await drafts()).to.deep.equal([]);
  });

  it('asks again where something else would come of it by now, says what, and then takes it', async () => {
    await crew('Ida Solberg');
    const page = await rehearsalOf(otto, `${home}/new`, form());
    await crew('Ben Ito');
    const again = await confirmOn(otto, page);
    expect(plain(again.text)).to.include(said('requirements.rehearsal.changed'));
    expect(consequences(again.text)).to.deep.equal({ joins: 2 });
    expect(await versions()).to.have.length(0);
    await confirmOn(otto, again);
    expect(await versions()).to.have.length(1);
  });

  it('lists whose day of hire is missing, who has hardly any time, and who was decided otherwise', async () => {
    await crew('Late Lee', daysAfter(today, -100));
    await write(`delete from membership_facts where kind = 'hired' and membership_id = $1`, [
      await crew('Gap Gil'),
    ]);
    const page = await rehearsalOf(otto, `${home}/new`, form());
    expect(consequences(page.text)).to.deep.equal({ joins: 2, soon: 1, gap: 1 });
    const [id] = (await confirmOn(otto, page)).path.split('?')[0]?.split('/').slice(-1) ?? [];
    const out = await crew('Out Ole');
    const mark = `/organisations/${organisation.id}/people/${out}/requirements/${id}/mark`;
    expect((await send(otto.browser, mark, { mark: 'removed', ...inBoxes('day', today) })).status).to.equal(
      200,
    );
    const changed = await rehearsalOf(otto, `${home}/${id}/change`, form({ dueDays: '30' }));
    expect(consequences(changed.text)).to.include({ clash: 1, gap: 1 });
  });

  it('says who leaves and whose day moves; ending is a version that everybody leaves', async () => {
    await crew('Ida Solberg');
    await crew('Ben Ito');
    const kept = await confirmOn(otto, await rehearsalOf(otto, `${home}/new`, form()));
    const here = kept.path.split('?')[0] ?? '';
    await write('update requirement_versions set from_day = $1 where organisation_id = $2', [
      daysAfter(today, -5),
      organisation.id,
    ]);
    expect(
      consequences((await rehearsalOf(otto, `${here}/change`, form({ dueDays: '90' }))).text),
    ).to.deep.equal({ later: 2 });
    const sooner = form({ dueDays: '30' });
    expect(
      consequences((await rehearsalOf(otto, `${here}/change`, sooner)).text),
      'announced days stay',
    ).to.deep.equal({});
    const forward = await rehearsalOf(otto, `${here}/change`, { ...sooner, bringForward: 'yes' });
    expect(consequences(forward.text)).to.deep.equal({ earlier: 2 });
    const end = await send(otto.browser, `${here}/steps`, { step: 'end' });
    expect(consequences(end.text)).to.deep.equal({ leaves: 2 });
    await confirmOn(otto, end);
    expect(
      (await versions()).map(({ rule }) => (JSON.parse(rule) as { inForce: boolean }).inForce),
    ).to.deep.equal([true, false]);
    expect((await send(otto.browser, `${here}/steps`, { step: 'end it' })).status).to.equal(404);
  });

  it('undoes within a day, after saying what cannot be taken back', async () => {
    const kept = await confirmOn(otto, await rehearsalOf(otto, `${home}/new`, form()));
    const here = kept.path.split('?')[0] ?? '';
    const asked = await otto.browser.get(`${here}/undo`);
    expect(plain(asked.text)).to.include(said('requirements.undo.mails'));
    const undone = await otto.browser.submit(`${here}/undo`);
    expect(undone.path).to.equal(`${here}?done=requirement-undone`);
    expect((await otto.browser.get(`${here}/undo`)).status).to.equal(409);
    expect(await versions()).to.have.length(2);
  });

  it('refuses what cannot be, says where, keeps what was typed, and writes nothing', async () => {
    const page = await send(
      otto.browser,
      `${home}/new`,
      form({ title: '', dueDays: 'soon', courses: '', units: newId(), reminders: '30' }),
    );
    expect([page.status, errorsOn(page)]).to.deep.equal([
      422,
      {
        title: said('requirements.error.title'),
        dueDays: said('requirements.error.dueDays'),
        courses: said('requirements.error.courses'),
      },
    ]);
    expect(page.text).to.include('value="soon"');
    const unknown = await send(otto.browser, `${home}/new`, form({ units: newId() }));
    expect(errorsOn(unknown)).to.deep.equal({ units: said('requirements.fault.unit-unknown') });
    const past = await send(otto.browser, `${home}/new`, form(inBoxes('day', daysAfter(today, -1))));
    expect(errorsOn(past)).to.deep.equal({ day: said('requirements.fault.day-past') });
    expect(await count('requirement_drafts where organisation_id = $1', [organisation.id])).to.equal(0);
  });

  it('tells the second of two who change it that it was changed', async () => {
    const kept = await confirmOn(otto, await rehearsalOf(otto, `${home}/new`, form()));
    const here = kept.path.split('?')[0] ?? '';
    const mine = await rehearsalOf(otto, `${here}/change`, form({ title: 'Mine' }));
    const other = await signedIn();
    await appoint(other, 'administrator', organisation.id);
    await confirmOn(other, await rehearsalOf(other, `${here}/change`, form({ title: 'Theirs' })));
    await otto.browser.get(mine.path);
    expect(plain((await confirmOn(otto, mine)).text)).to.include(said('requirements.rehearsal.refused'));
    expect(await versions()).to.have.length(2);
  });

  it('finds some of many units by name, keeps those chosen, and takes none that was only typed', async () => {
    const units = await manyUnits(organisation.id, 101);
    const [one = '', other = ''] = units.slice(98, 100);
    const sent = (more: Record<string, string | readonly string[]>) =>
      send(otto.browser, `${home}/new`, { ...form(), units: '', ...more });
    const boxes = ({ text }: { text: string }) =>
      [...text.matchAll(/<input[^>]*name="units"[^>]*>/g)].map(([box]) => [
        /value="([^"]*)"/.exec(box)?.[1],
        box.includes(' checked'),
      ]);
    const first = await sent({ find: 'unit', unitFound: '', unitQuery: 'base 98' });
    expect(first).to.include({ status: 200, path: `${home}/new` });
    expect(boxes(first)).to.deep.equal([[one, false]]);
    const second = await sent({ units: one, find: 'unit', unitFound: 'base 98', unitQuery: 'base 99' });
    expect(boxes(second)).to.deep.equal([
      [one, true],
      [other, false],
    ]);
    expect((await sent({ units: one, unitFound: '', unitQuery: 'base 99' })).path).to.equal(`${home}/new`);
    const chosen = { units: [one, other], unitFound: 'base 99', unitQuery: 'base 99' };
    const page = await rehearsalOf(otto, `${home}/new`, form(chosen));
    expect(page.path).to.include('/drafts/');
    expect(plain(page.text)).to.include('Base 98').and.include('Base 99');
  });

  it('is thrown away on request', async () => {
    const page = await rehearsalOf(otto, `${home}/new`, form());
    expect((await otto.browser.submit(`${page.path}/removal`)).path).to.equal(`${home}?done=draft-discarded`);
    expect((await otto.browser.get(page.path)).status).to.equal(404);
  });

  it('warns where it outlasts the certificate', async () => {
    const page = await rehearsalOf(otto, `${home}/new`, form({ renewal: 'once' }));
    expect(plain(page.text)).to.include(said('requirements.rehearsal.outlasts'));
  });

  it('lets managers read and administrators compose; to everybody else it is not there', async () => {
    const page = await rehearsalOf(otto, `${home}/new`, form());
    const kept = (await confirmOn(otto, page)).path.split('?')[0] ?? '';
    const draft = (await rehearsalOf(otto, `${kept}/change`, form())).path;
    const [manager, stranger] = [await signedIn(), await cleo()];
    await appoint(manager, 'manager', organisation.id, fra);
    for (const path of [home, kept]) expect((await manager.browser.get(path)).status, path).to.equal(200);
    for (const path of [`${home}/new`, `${kept}/change`, `${kept}/undo`, draft]) {
      expect((await manager.browser.get(path)).status, path).to.equal(404);
      expect((await stranger.browser.get(path)).status, path).to.equal(404);
    }
    for (const path of [home, kept]) expect((await stranger.browser.get(path)).status, path).to.equal(404);
    for (const path of [
      `${home}/new`,
      `${kept}/change`,
      `${kept}/steps`,
      `${kept}/undo`,
      `${draft}/confirmation`,
      `${draft}/removal`,
    ])
      expect((await send(stranger.browser, path, form())).status, path).to.equal(404);
    const elsewhere = kept.replace(organisation.id, (await employer()).id);
    await appoint(otto, 'administrator', elsewhere.split('/')[2] ?? '');
    expect((await otto.browser.get(elsewhere)).status, 'of another organisation').to.equal(404);
    expect(await versions()).to.have.length(1);
  });

  it('is reckoned in the background where it concerns many, and is confirmed there, too', async () => {
    const many = Array.from({ length: 2001 }, () => ({
      id: newId(),
      organisationId: organisation.id,
      createdAt: 1,
    }));
    await inTransaction(() => insertMany(Membership, many));
    const draft = await rehearsalOf(
      otto,
      `${home}/new`,
      composed({ jobs: '', due: 'joined', ...inBoxes('day', today) }),
    );
    await world().worker.drain();
    const page = await otto.browser.get(draft.path);
    expect(consequences(page.text)).to.deep.equal({ joins: 2001 });
    expect(page.text.match(/data-consequence="joins"[\s\S]*?<\/section>/)?.[0].match(/<li>/g)).to.have.length(
      50,
    );
    await confirmOn(otto, page);
    await world().worker.drain();
    expect((await otto.browser.get(draft.path)).path).to.include('done=requirement-kept');
    expect(
      await row('select state from requirement_drafts where organisation_id = $1', [organisation.id]),
    ).to.deep.equal({ state: 'kept' });
  });
});
