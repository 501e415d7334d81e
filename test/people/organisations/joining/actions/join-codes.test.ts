import { expect } from 'chai';
import { dayOf, daysAfter } from '../../../../../server/platform/lib/days.js';
import type { Person } from '../../../../support/people.js';
import { cleo, dina, signedIn } from '../../../../support/people.js';
import { employer, unit } from '../../../../support/organisations.js';
import { plain, send } from '../../../../support/pages.js';
import { appoint, otherOrganisation } from '../../../../support/roles.js';
import { row, rows, write } from '../../../../support/rows.js';
import { errorsOn, said } from '../../../../support/said.js';
import { submitAtOnce } from '../../../accounts/browser.js';
import { ownWorld, world } from '../../../../support/world.js';
import { codeOf, joined, toldOf } from '../of-codes.js';

const homeOf = (organisationId: string): string => `/organisations/${organisationId}/joining`;

const day = (date: string, field: string): Record<string, string> => {
  const [year = '', month = '', of = ''] = date.split('-');
  return { [`${field}-day`]: of, [`${field}-month`]: month, [`${field}-year`]: year };
};

async function make({ browser }: Person, organisationId: string, fields: Record<string, string> = {}) {
  await browser.get(`${homeOf(organisationId)}/new`);
  return browser.submit(`${homeOf(organisationId)}/new`, fields);
}

const codesIn = (organisationId: string) =>
  rows<{ id: string; code: string; unit_id: string | null; course_slug: string | null }>(
    'select * from join_codes where organisation_id = $1 order by made_at',
    [organisationId],
  );

describe('codes of an organisation', () => {
  ownWorld();

  it('are made once by a form that is sent several times', async () => {
    const [by, organisation] = [await dina(), await employer()];
    const path = `${homeOf(organisation.id)}/new`;
    await by.browser.get(path);
    const page = by.browser.last;
    await submitAtOnce(by.browser, path, { most: '24' }, 5);
    expect(await codesIn(organisation.id)).to.have.length(1);
    by.browser.last = page;
    await by.browser.submit(path, { most: '25' });
    expect(await codesIn(organisation.id), 'the same form, filled in otherwise').to.have.length(2);
    await make(by, organisation.id, { most: '24' });
    expect(await codesIn(organisation.id), 'another form, filled in alike').to.have.length(3);
  });

  it('are made for a unit, a course, days and a number of people, counted, and ended', async () => {
    const [by, organisation] = [await dina(), await employer()];
    const unitId = await unit(organisation, 'Class of Monday');
    const today = dayOf(Date.now(), organisation.timeZone);
    const made = await make(by, organisation.id, {
      ...{ unit: unitId, course: 'volunteers', most: '24' },
      ...day(today, 'from'),
      ...day(daysAfter(today, 4), 'last'),
    });
    expect(made.path).to.equal(`${homeOf(organisation.id)}?done=join-code-made`);
    const [code] = await codesIn(organisation.id);
    if (!code) throw new Error('No code was made');
    expect(code).to.include({
      ...{ unit_id: unitId, course_slug: 'volunteers', most_people: 24 },
      ...{ from_day: today, until_day: daysAfter(today, 5), made_by: by.id },
    });
    await joined(code.code);
    const list = await by.browser.get(homeOf(organisation.id));
    expect(plain(list.text)).to.include(said('joinCodes.joinedOf', { count: 1, most: 24 }));
    await by.browser.submit(`${homeOf(organisation.id)}/${code.id}/end`);
    const after = await by.browser.get(homeOf(organisation.id));
    expect(after.text).to.include('data-state="over"');
    expect((await send(by.browser, `${homeOf(organisation.id)}/${code.id}/end`)).status).to.equal(200);
    expect(await toldOf(organisation.id)).to.deep.equal([
      'join-code.made',
      'join-code.used',
      'join-code.ended',
    ]);
  });

  it('have a poster that names the organisation, the address and the code', async () => {
    const [by, organisation] = [await dina(), await otherOrganisation()];
    const code = await codeOf(organisation, { courseSlug: 'volunteers' });
    const [{ id } = { id: '' }] = await codesIn(organisation);
    const poster = plain((await by.browser.get(`${homeOf(organisation)}/${id}/poster`)).text);
    const address = `${world().base.replace('http://', '')}/join`;
    for (const shown of ['Northern Air', address, `${code.slice(0, 4)}-${code.slice(4)}`])
      expect(poster).to.include(shown);
  });

  it('of their units are kept by those who manage them, and of no others', async () => {
    const organisation = await employer();
    const [lyon, oslo] = [await unit(organisation, 'Lyon'), await unit(organisation, 'Oslo')];
    const below = await unit(organisation, 'Lyon, gates', { below: lyon });
    const luc = await signedIn();
    await appoint(luc, 'manager', organisation.id, lyon);
    const foreign = await codeOf(organisation.id, { unitId: oslo });
    const whole = await codeOf(organisation.id);
    expect((await make(luc, organisation.id, { unit: below })).path).to.include('done=');
    for (const refused of [oslo, ''])
      expect(errorsOn(await make(luc, organisation.id, { unit: refused }))).to.deep.equal({
        unit: said('errors.unit'),
      });
    const seen = plain((await luc.browser.get(homeOf(organisation.id))).text);
    const all = await codesIn(organisation.id);
    for (const { id, code, unit_id } of all) {
      const shown = `${code.slice(0, 4)}-${code.slice(4)}`;
      expect(seen.includes(shown), shown).to.equal(unit_id === below);
      const poster = await luc.browser.get(`${homeOf(organisation.id)}/${id}/poster`);
      expect(poster.status).to.equal(unit_id === below ? 200 : 404);
      if (unit_id !== below)
        expect((await send(luc.browser, `${homeOf(organisation.id)}/${id}/end`)).status).to.equal(404);
    }
    expect(all.map(({ code }) => code)).to.include.members([foreign, whole]);
  });

  it('are no matter of outsiders, and not of another organisation', async () => {
    const [organisation, other] = [await otherOrganisation(), await otherOrganisation()];
    await codeOf(organisation);
    const [{ id } = { id: '' }] = await codesIn(organisation);
    const [stranger, neighbour] = [await cleo(), await signedIn()];
    await appoint(neighbour, 'administrator', other);
    for (const { browser } of [stranger, neighbour])
      for (const path of ['', '/new', `/${id}/poster`])
        expect((await browser.get(`${homeOf(organisation)}${path}`)).status).to.equal(404);
    expect((await neighbour.browser.get(`${homeOf(other)}/${id}/poster`)).status).to.equal(404);
    expect((await send(neighbour.browser, `${homeOf(other)}/${id}/end`)).status).to.equal(404);
    expect(
      (await row('select 1 from join_codes where id = $1 and ended_at is null', [id])) !== null,
    ).to.equal(true);
  });

  it('are refused where something is wrong, and what was typed is kept', async () => {
    const [by, organisation] = [await dina(), await otherOrganisation()];
    const page = await make(by, organisation, {
      ...{ course: 'law-enforcement', most: '1e3' },
      ...day('2020-01-01', 'from'),
      ...day('2019-02-31', 'last'),
    });
    expect(page.status).to.equal(422);
    expect(errorsOn(page)).to.deep.equal({
      course: said('errors.join-course'),
      from: said('errors.join-from'),
      last: said('errors.join-last'),
      most: said('errors.join-most'),
    });
    expect(page.text).to.include('value="1e3"');
    expect(await codesIn(organisation)).to.deep.equal([]);
    await write('update organisations set suspended_at = 1 where id = $1', [organisation]);
    expect((await make(by, organisation)).status).to.equal(409);
  });
});
