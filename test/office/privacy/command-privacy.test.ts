import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { unzipSync } from 'fflate';
import { installedViews } from '../../../server/platform/http/installed-views.js';
import { runPrivacy } from '../../../server/office/privacy/command-privacy.js';
import { openErasureOf } from '../../../server/office/privacy/erasure/erasure-requests.js';
import { inFolder } from '../../jobs/in-folder.js';
import { dina, person } from '../../support/people.js';
import { row } from '../../support/rows.js';
import { ownWorld, world } from '../../support/world.js';

async function run(...args: string[]): Promise<string[]> {
  const said: string[] = [];
  expect(await runPrivacy(args, installedViews, line => said.push(line))).to.equal(0);
  return said;
}

const fails = (...args: string[]) =>
  run(...args).then(
    () => expect.fail('It was done'),
    (fault: Error) => fault.message,
  );

describe('the command "privacy"', () => {
  ownWorld();

  it('exports all that is held of somebody into a new file, and replaces none', () =>
    inFolder(async folder => {
      const { email } = await person();
      const file = join(folder, 'data.zip');
      await run('export', email, file);
      const files = unzipSync(readFileSync(file));
      expect(Buffer.from(files['data/account.json'] ?? []).toString()).to.include(email);
      expect(await fails('export', email, file)).to.include('EEXIST');
    }));

  it('erases somebody with a reason, and lists what was asked for', async () => {
    await dina();
    const { id, email } = await person();
    expect(await fails('erase', email)).to.include('--reason');
    expect(await openErasureOf({ userId: id, membershipId: null })).to.equal(null);
    await run('erase', email, '--reason', 'They wrote to us');
    await world().worker.drain();
    const left = await row<{ email: string }>('select email from users where id = $1', [id]);
    expect(left?.email).not.to.equal(email);
    expect((await run('list')).filter(line => line.includes('  done  '))).to.have.length(1);
  });

  it('does nothing for an address without an account, or a word that it does not know', async () => {
    expect(await fails('erase', 'nobody@example.org', '--reason', 'x')).to.include('nobody@example.org');
    expect(await fails('forget')).to.include('privacy: use');
  });
});
