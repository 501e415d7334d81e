import { expect } from 'chai';
import { runJoinCodes } from '../../../../server/people/organisations/joining/command-join-codes.js';
import { employer, unit } from '../../../support/organisations.js';
import { ownWorld } from '../../../support/world.js';

/** What a command said, and the message with which it refused. */
async function run(...args: string[]) {
  const told: string[] = [];
  try {
    await runJoinCodes(
      args,
      () => Promise.resolve(['volunteers']),
      line => void told.push(line),
    );
    return { told, refusal: null };
  } catch (fault) {
    return { told, refusal: fault instanceof Error ? fault.message : 'no error' };
  }
}

describe('the commands for codes by which people join', () => {
  ownWorld();

  it('make, list and end a code', async () => {
    const organisation = await employer();
    await unit(organisation, 'Lyon', { code: 'LYS' });
    const made = await run(
      'make',
      organisation.id,
      '--unit',
      'LYS',
      '--course',
      'volunteers',
      '--most',
      '24',
    );
    expect(made.refusal).to.equal(null);
    const [code = ''] = made.told;
    expect(code).to.match(/^\w{4}-\w{4}$/);
    const [listed] = (await run('list', organisation.id)).told;
    for (const part of [code, 'open', '0 of 24 joined', 'Lyon', 'volunteers'])
      expect(listed).to.include(part);
    expect((await run('end', code.toLowerCase())).told.join()).to.include('has ended');
    expect((await run('end', code)).told.join()).to.include('nothing to change');
    expect((await run('list', organisation.id)).told.join()).to.include('over');
  });

  it('refuse with a sentence what they cannot do', async () => {
    const { id } = await employer();
    for (const args of [
      [],
      ['make', 'Nowhere Air'],
      ['make', id, '--unit', 'LYS'],
      ['make', id, '--course', 'law-enforcement'],
      ['make', id, '--most', '0'],
      ['make', id, '--from', '2027-03-02', '--last', '2027-03-01'],
      ['end', '7KM4-QX9R'],
    ]) {
      const { told, refusal } = await run(...args);
      expect(refusal, args.join(' ')).to.be.a('string');
      expect(told).to.deep.equal([]);
    }
    expect((await run('list', id)).told).to.deep.equal([]);
  });
});
