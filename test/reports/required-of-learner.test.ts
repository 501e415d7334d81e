import { expect } from 'chai';
import { dayOf, daysAfter } from '../../server/lib/days.js';
import { employer, linked, member } from '../support/organisations.js';
import { signedIn } from '../support/people.js';
import { ownWorld } from '../support/world.js';
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
});
