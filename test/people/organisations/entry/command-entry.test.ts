import { expect } from 'chai';
import { runEntryCards } from '../../../../server/people/organisations/entry/command-entry.js';
import { employer, member, unit } from '../../../support/organisations.js';
import { signedIn } from '../../../support/people.js';
import { appoint } from '../../../support/roles.js';
import { ownWorld, world } from '../../../support/world.js';
import { comeIn } from './of-cards.js';

async function run(...args: string[]) {
  const told: string[] = [];
  try {
    await runEntryCards(args, world().secrets.links, line => void told.push(line));
    return { told, refusal: null };
  } catch (fault) {
    return { told, refusal: fault instanceof Error ? fault.message : 'no error' };
  }
}

describe('the commands for cards of people without an e-mail address', () => {
  ownWorld();

  it('make cards that let their people in, for those whom the account sees', async () => {
    const [organisation, manager] = [await employer(), await signedIn()];
    const [room, other] = [
      await unit(organisation, 'Room', { code: 'R1' }),
      await unit(organisation, 'Oslo', { code: 'OSL' }),
    ];
    await appoint(manager, 'manager', organisation.id, room);
    const at = (unitId: string, name: string, staffNumber: string) =>
      member(organisation, { name, staffNumber, home: { unitId, job: null } });
    await at(room, 'Ada Marlow', '001');
    await at(room, 'Ben Okafor', '002');
    await at(other, 'Olav Berg', '003');
    const as = ['--as', manager.email];
    const made = await run('make', organisation.id, ...as, '--unit', 'R1', '--staff-number', '001');
    const [head = '', first = '', second = ''] = made.told;
    expect([made.refusal, made.told.length]).to.deep.equal([null, 3]);
    expect(second).to.include('Ben Okafor').and.include('no card');
    const entrance = /code (\w{6})/.exec(head)?.[1] ?? '';
    const code = /\w{4}-\w{4}/.exec(first)?.[0] ?? '';
    const browser = await comeIn({ organisation: entrance, staffNumber: '001', code });
    expect(browser.last.path).to.equal('/learning');
    await run('make', organisation.id, ...as);
    const listed = (await run('list', organisation.id, ...as)).told.join('|');
    expect(listed)
      .to.match(/Ben Okafor +\w{4}-\w{4}/)
      .and.not.include('Olav');
  });

  it('refuse whoever manages nobody there, an unknown number and incomplete commands', async () => {
    const [organisation, manager, stranger] = [await employer(), await signedIn(), await signedIn()];
    await appoint(manager, 'manager', organisation.id);
    for (const email of ['', stranger.email, 'nobody@example.org'])
      expect((await run('list', organisation.id, '--as', email)).refusal).to.include('--as');
    const wrong = await run('make', organisation.id, '--as', manager.email, '--staff-number', '9');
    expect(wrong.refusal).to.include('"9"');
    expect((await run('sing')).refusal).to.include('entry-cards');
  });
});
