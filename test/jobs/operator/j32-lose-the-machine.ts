import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { signedInHolder } from '../../support/holders.js';
import { runProgram, startProgram } from '../../support/programs/program.js';
import { freshDatabase, world } from '../../support/world.js';
import { verdictOn } from '../../proof/certificates/pages.js';
import { addressOn } from '../../journeys/browsing/printed.js';
import { inFolder } from '../in-folder.js';

export const id = 'J32';
export const title =
  'backed up, began again on an empty machine, found the ledger whole, and scanned an old code';

export const walk = (): Promise<void> =>
  inFolder(async folder => {
    const { holder, certificate } = await signedInHolder();
    const print = join(folder, 'printed.pdf');
    writeFileSync(print, await holder.browser.bytes(`/certificates/${certificate.id}/certificate.pdf`));
    const archive = join(folder, 'backup.tar.gz');
    const { config } = world();
    const settings = { BASE_URL: config.baseUrl, SECRET_KEY: '07'.repeat(32) };
    const command = async (place: NodeJS.ProcessEnv, ...args: string[]) => {
      const { status, out, err } = await runProgram('cli', args, { ...settings, ...place });
      expect(status, `${args.join(' ')}\n${out}${err}`).to.equal(0);
    };
    await command({ DATA_DIR: config.dataDir, DATABASE_URL: config.databaseUrl }, 'backup', archive);

    const { url, drop } = await freshDatabase(folder);
    const there = { DATA_DIR: join(folder, 'data'), DATABASE_URL: url };
    await command(there, 'restore', archive);
    await command(there, 'verify-ledger');
    const server = await startProgram({ ...settings, ...there });
    const scanned = await fetch(new URL(new URL(await addressOn(print)).pathname, server.base));
    expect(verdictOn(await scanned.text())).to.equal('valid');
    server.signal('SIGTERM');
    await server.ended;
    await drop();
  });
