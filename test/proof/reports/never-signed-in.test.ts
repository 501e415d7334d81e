import { expect } from 'chai';
import { newId } from '../../../server/platform/lib/ids.js';
import type { OrganisationFacts } from '../../../server/people/organisations/memberships.js';
import { makeExemption } from '../../../server/proof/requirements/exemptions/exemptions.js';
import { employer, member, unit } from '../../support/organisations.js';
import { plain } from '../../support/pages.js';
import { signedIn, type Person } from '../../support/people.js';
import { appoint } from '../../support/roles.js';
import { write } from '../../support/rows.js';
import { said } from '../../support/said.js';
import { ownWorld } from '../../support/world.js';
import { daysAgo, hiredLongAgo } from './overdue.js';
import { reckoned, required, YEARLY } from './reckoned.js';

describe('people who must complete something and have never signed in', () => {
  ownWorld();
  let organisation: OrganisationFacts;
  let otto: Person;
  let oslo: string;
  let requirementId: string;
  const home = () => `/organisations/${organisation.id}`;

  /** Somebody without an account; `email` null: nobody knows their address. */
  async function listed(name: string, email: string | null, unitId = oslo): Promise<string> {
    const id = await member(organisation, {
      ...{ name, hiredOn: daysAgo(organisation, 300) },
      home: { unitId, job: null },
    });
    await write('update membership_people set email = $2 where membership_id = $1', [id, email]);
    return id;
  }

  before(async () => {
    organisation = await employer();
    oslo = await unit(organisation, 'Oslo');
    otto = await signedIn({ name: 'Otto Berg' });
    await appoint(otto, 'administrator', organisation.id);
    requirementId = await required(organisation, { fromDay: daysAgo(organisation, 200), rule: YEARLY });
    await hiredLongAgo(organisation, { name: 'Ada Marlow', unitId: oslo });
    for (const at of [1, 2, 3]) await listed(`Mara ${at}`, `${newId()}@example.org`);
    for (const at of [1, 2]) await listed(`Twin ${at}`, 'twin@example.org');
    await listed('Gil Orr', null, await unit(organisation, 'Rome'));
    const exempt = await listed('Exempt', `${newId()}@example.org`);
    await reckoned(organisation);
    await makeExemption(
      { organisation, requirementId, membershipId: exempt, actorId: null, now: Date.now() },
      {
        ...{ kind: 'waiver', reason: 'operations', note: '', dueDay: null },
        ...{ fromDay: daysAgo(organisation, 0), toDay: daysAgo(organisation, -30) },
      },
    );
    await reckoned(organisation);
  });

  const lines = (text: string) =>
    Object.fromEntries(
      [...text.matchAll(/<li data-reach="([\w-]+)">([^<]*)</g)].map(([, why = '', line = '']) => [
        why,
        plain(line),
      ]),
    );

  it('are a figure of training status, with how a mail reaches them and a button to invite them', async () => {
    const { text } = await otto.browser.get(`${home()}/standings`);
    const [, panel = ''] = text.split('data-never>');
    expect(plain(panel)).to.include(said('reports.neverSignedIn', { count: 6 }));
    expect(panel).to.include(`href="${home()}/invitations"`);
    expect(lines(panel)).to.deep.equal({
      invited: said('reports.neverInvited', { count: 3 }),
      'no-address': said('mailReach.no-address', { count: 1 }),
      shared: said('mailReach.shared', { count: 2 }),
    });
  });

  it('are those of the unit that is looked at, and lead a manager to the page of reminders', async () => {
    const luc = await signedIn({ name: 'Luc Moreau' });
    await appoint(luc, 'manager', organisation.id, oslo);
    const { text } = await luc.browser.get(`${home()}/standings`);
    const [, panel = ''] = text.split('data-never>');
    expect(plain(panel)).to.include(said('reports.neverSignedIn', { count: 5 }));
    expect(panel).to.include(`href="${home()}/reminders"`);
    expect(lines(panel)).to.not.have.property('no-address');
    const reminders = await luc.browser.get(`${home()}/reminders`);
    expect(plain(reminders.text)).to.include('Twin 1').and.not.include('Gil Orr');
  });

  it('are not told of another day, or where everybody has an account', async () => {
    for (const path of [`?on=${daysAgo(organisation, 1)}`, `?known=${daysAgo(organisation, 1)}`])
      expect((await otto.browser.get(`${home()}/standings${path}`)).text).to.not.include('data-never');
    const other = await employer();
    await appoint(otto, 'administrator', other.id);
    await required(other, { fromDay: daysAgo(other, 200), rule: YEARLY });
    await hiredLongAgo(other, { name: 'Ada Marlow' });
    await reckoned(other);
    expect((await otto.browser.get(`/organisations/${other.id}/standings`)).text).to.not.include(
      'data-never',
    );
  });
});
