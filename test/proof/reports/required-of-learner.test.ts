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

  it('comes by due day, with one filled button, and what is done comes last', async () => {
    const organisation = await employer();
    const cleo = await signedIn({ name: 'Cleo Lind' });
    const own = await member(organisation, { name: 'Cleo Lind', fromDay: ago(90), hiredOn: ago(90) });
    await linked(own, cleo.id);
    await completed(organisation, own, { on: ago(1) });
    const fromDay = ago(90);
    await required(organisation, { title: 'Done', fromDay, rule: YEARLY });
    const open = (title: string, day: string) =>
      required(organisation, { title, fromDay, rule: { courses: ['volunteers'], firstDue: { on: day } } });
    await open('Later', daysAfter(today, 60));
    await open('Sooner', daysAfter(today, 3));
    const { text } = await cleo.browser.get('/learning');
    const titles = [...text.matchAll(/class="row-title">(?:<a[^>]*>)?([^<]*)</g)].map(found => found[1]);
    expect(titles).to.deep.equal(['Sooner', 'Later', 'Done']);
    const main = text.slice(text.indexOf('<main'), text.indexOf('</main>'));
    expect(main.match(/class="button"/g)).to.have.length(1);
  });

  it('says what is missing where nobody entered a day of hire, and whom to ask', async () => {
    const organisation = await employer();
    const ben = await signedIn({ name: 'Ben Okoro' });
    const own = await member(organisation, { name: 'Ben Okoro', fromDay: ago(400) });
    await linked(own, ben.id);
    await required(organisation, { fromDay: ago(400), rule: YEARLY });
    await required(organisation, { title: 'Also', fromDay: ago(400), rule: YEARLY });
    const missing = async () => {
      const notices = (await ben.browser.get('/learning')).text.split(said('reports.required.missingTitle'));
      expect(notices.length).to.be.at.most(2);
      return /<p>([^<]*)</.exec(notices[1] ?? '')?.[1] ?? null;
    };
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
