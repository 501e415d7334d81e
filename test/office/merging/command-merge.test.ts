import { expect } from 'chai';
import { runMerge } from '../../../server/office/merging/command-merge.js';
import { person } from '../../support/people.js';
import { count, row } from '../../support/rows.js';
import { said } from '../../support/said.js';
import { ownWorld } from '../../support/world.js';

async function run(...args: string[]): Promise<string[]> {
  const lines: string[] = [];
  expect(await runMerge(args, line => lines.push(line))).to.equal(0);
  return lines;
}

const fails = (...args: string[]) =>
  run(...args).then(
    () => expect.fail('It was done'),
    (fault: Error) => fault.message,
  );

const mergedInto = (id: string) =>
  row<{ into: string | null }>('select merged_into as "into" from users where id = $1', [id]);

describe('the command "merge"', () => {
  ownWorld();

  it('says what would happen, does it once that was seen, lists it and undoes it', async () => {
    const [kept, former] = [await person(), await person({ name: 'A. Marlow' })];
    const lines = await run(kept.email, former.email);
    expect(lines).to.include(`! ${said('merging.warning.names')}`);
    expect((await mergedInto(former.id))?.into).to.equal(null);
    await run(kept.email, former.email, '--seen');
    expect((await mergedInto(former.id))?.into).to.equal(kept.id);
    const [listed = ''] = await run('list');
    expect(listed).to.include('A. Marlow -> Ada Marlow');
    const [id = ''] = listed.split('  ');
    await run('undo', id);
    expect((await mergedInto(former.id))?.into).to.equal(null);
    expect(await fails('undo', id)).to.include(id);
  });

  it('does nothing for unknown addresses, the same one twice, and words that it does not know', async () => {
    const { email } = await person();
    expect(await fails(email, 'nobody@example.org', '--seen')).to.include('nobody@example.org');
    expect(await fails(email, email, '--seen')).to.equal(said('merging.refused.same'));
    expect(await fails('both')).to.include('merge: use');
    expect(await count('merges where closed_user_id is not null and undone_at is null')).to.equal(0);
  });
});
