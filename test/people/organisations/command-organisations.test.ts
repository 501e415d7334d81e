import { expect } from 'chai';
import { runOrganisations } from '../../../server/people/organisations/command-organisations.js';
import { openOrganisation } from '../../../server/people/organisations/memberships.js';
import { keptOrganisation } from '../../../server/people/organisations/settings/keep-organisations.js';
import { row, rows } from '../../support/rows.js';
import { otherOrganisation } from '../../support/roles.js';
import { ownWorld } from '../../support/world.js';

async function run(...args: string[]) {
  const said: string[] = [];
  const code = await runOrganisations(args, line => void said.push(line));
  return { code, said };
}

const refusal = (...args: string[]) =>
  run(...args).then(
    () => null,
    (fault: unknown) => (fault instanceof Error ? fault.message : 'no error'),
  );

describe('the commands for organisations', () => {
  ownWorld();

  it('add one, and list it; nobody is named as the one who did it', async () => {
    const zone = ['--time-zone', 'Africa/Nairobi', '--country', 'KE', '--sector', 'transport'];
    const { code, said } = await run('add', 'Rift Valley Coaches', ...zone);
    const id = said.join().split(' ')[0] ?? '';
    expect(code).to.equal(0);
    expect(await keptOrganisation(id)).to.deep.include({ sector: 'transport', timeZone: 'Africa/Nairobi' });
    expect((await run('list')).said).to.include(`${id}  Rift Valley Coaches`);
    const event = await row('select name, actor_id as "actorId" from events where organisation_id = $1', [
      id,
    ]);
    expect(event).to.deep.equal({ name: 'organisation.made', actorId: null });
  });

  it('suspend and reopen one, by its id or its name; twice is once', async () => {
    const [id, name] = [await otherOrganisation(), 'Northern Air'];
    for (const [verb, named] of [
      ['suspend', id],
      ['suspend', name],
      ['reopen', name],
      ['reopen', id],
    ] as const)
      await run(verb, named);
    const events = await rows<{ name: string }>(
      'select name from events where organisation_id = $1 order by seq',
      [id],
    );
    expect(events.map(event => event.name)).to.deep.equal([
      'organisation.suspended',
      'organisation.reopened',
    ]);
    expect(await refusal('suspend', 'Nobody')).to.include('organisations list');
    expect(await refusal('suspend', (await openOrganisation()).id)).to.include('cannot be suspended');
  });

  it('refuse what the form refuses, and a verb that they do not know', async () => {
    for (const args of [
      ['add', 'No Zone', '--country', 'KE'],
      ['add', '--country', 'KE', '--time-zone', 'UTC'],
      ['end'],
      [],
    ])
      expect(await refusal(...args), args.join(' ')).to.include('organisations: use');
  });
});
