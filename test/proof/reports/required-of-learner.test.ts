import { expect } from 'chai';
import { dayOf, daysAfter } from '../../../server/platform/lib/days.js';
import { changeMember } from '../../../server/people/organisations/people/members.js';
import { employer, linked, member } from '../../support/organisations.js';
import { signedIn } from '../../support/people.js';
import { write } from '../../support/rows.js';
import { said } from '../../support/said.js';
import { ownWorld } from '../../support/world.js';
import { completed, required, YEARLY } from './reckoned.js';

const today = dayOf(Date.now(), 'UTC');
const ago = (days: number) => daysAfter(today, -days);

describe('what is required of a learner', () => {
  ownWorld();

  it('stands first on their page, until when, with one way to the course while there is something to do', async () => {
    const organisation = await employer();
    const ada = await signedIn({ name: 'Ada Marlow' });
    const own = await member(organisation, { name: 'Ada Marlow', fromDay: ago(400), hiredOn: ago(400) });
    await linked(own, ada.id);
    const shown = async () => {
      const section =
        /<section[^>]*data-required>[\s\S]*?<\/section>/.exec(
          (await ada.browser.get('/learning')).text,
        )?.[0] ?? '';
      return {
        state: /data-state="([\w-]+)"/.exec(section)?.[1],
        way: /class="button" href="([^"]*)"/.exec(section)?.[1],
      };
    };
    expect(await shown()).to.deep.equal({ state: undefined, way: undefined });
    await required(organisation, { fromDay: ago(400), rule: YEARLY });
    expect(await shown()).to.deep.equal({ state: 'overdue', way: '/courses/airline-and-transport' });
    await completed(organisation, own, { on: today });
    expect(await shown()).to.deep.equal({ state: 'current', way: undefined });
  });

  it('says what is missing where nobody entered a day of hire, and whom to ask', async () => {
    const organisation = await employer();
    const ben = await signedIn({ name: 'Ben Okoro' });
    const own = await member(organisation, { name: 'Ben Okoro', fromDay: ago(400) });
    await linked(own, ben.id);
    await required(organisation, { fromDay: ago(400), rule: YEARLY });
    const missing = async () =>
      /<p data-missing>([^<]*)</.exec((await ben.browser.get('/learning')).text)?.[1] ?? null;
    const { name } = organisation;
    expect(await missing()).to.equal(said('reports.required.missing', { organisation: name }));
    const contact = 'training@northern.example';
    await write('update organisations set contact = $1 where id = $2', [contact, organisation.id]);
    expect(await missing()).to.equal(said('reports.required.missingWrite', { organisation: name, contact }));
    const hired = { organisation, membershipId: own, fromDay: ago(400), actorId: null, now: Date.now() };
    await changeMember(hired, { hiredOn: ago(400) });
    expect(await missing()).to.equal(null);
  });
});
