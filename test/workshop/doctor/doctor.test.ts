import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openCheckpoints } from '../../../server/proof/certificates/ledger/checkpoints.js';
import { ledgerHead } from '../../../server/proof/certificates/ledger/ledger.js';
import type { Config } from '../../../server/config.js';
import { runDoctor } from '../../../server/workshop/doctor/command-doctor.js';
import { checkInstallation } from '../../../server/workshop/doctor/doctor.js';
import { noteBackup } from '../../../server/platform/db/last-backup.js';
import { rows } from '../../support/rows.js';
import { inTransaction } from '../../../server/platform/db/transaction.js';
import { holder } from '../../support/holders.js';
import { ownWorld, world } from '../../support/world.js';

describe('the doctor', () => {
  ownWorld();
  let folder: string;
  beforeEach(async () => {
    await holder();
    folder = mkdtempSync(join(tmpdir(), 'doctor-'));
    openCheckpoints(folder).ledger(await ledgerHead());
    copyFileSync(join(world().config.dataDir, 'folder-id'), join(folder, 'folder-id'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const settingsWith = (other: Partial<Config> = {}): Config => ({
    ...world().config,
    dataDir: folder,
    ...other,
  });
  async function states(other: Partial<Config> = {}, now = Date.now()): Promise<Record<string, string>> {
    const found = await checkInstallation({ config: settingsWith(other), now });
    return Object.fromEntries(found.map(({ check, state }) => [check, state]));
  }

  it('reports only a missing backup where all is well', async () => {
    expect(await states()).to.include({
      schema: 'ok',
      settings: 'ok',
      database: 'ok',
      marks: 'ok',
      mail: 'ok',
      backup: 'warn',
    });
  });

  it('reports another secret, another address, and a mail server that does not answer', async () => {
    expect(await states({ secret: Buffer.alloc(32, 1) })).to.include({ settings: 'fail', database: 'ok' });
    expect(await states({ baseUrl: 'https://elsewhere.example' })).to.include({ settings: 'fail' });
    expect(await states({ smtpUrl: 'smtp://127.0.0.1:9' })).to.include({ mail: 'fail' });
    expect(await states({ smtpUrl: null })).to.include({ mail: 'warn' });
  });

  it('reports a clock that was set back, missing checkpoints, another folder, and a missing one', async () => {
    expect(await states({}, Date.now() - 86_400_000)).to.include({ clock: 'fail' });
    openCheckpoints(folder).noteGap({ since: 1, acceptedAt: null });
    expect(await states()).to.include({ marks: 'fail' });
    openCheckpoints(folder).noteGap(null);
    rmSync(join(folder, 'folder-id'));
    expect(await states()).to.include({ marks: 'fail' });
    expect(await states({ dataDir: join(folder, 'gone') })).to.include({ disk: 'fail' });
  });

  it('reports a backup that is more than a week old, also where it was moved elsewhere', async () => {
    const now = Date.now();
    const file = join(folder, 'backup.tar.gz');
    for (const place of [file, join(folder, 'gone')]) {
      writeFileSync(file, '');
      await noteBackup(folder, { at: now - 6 * 86_400_000, file: place });
      expect(await states({}, now), place).to.include({ backup: 'ok' });
      await noteBackup(folder, { at: now - 8 * 86_400_000, file: place });
      expect(await states({}, now), place).to.include({ backup: 'warn' });
    }
  });

  it('reports a migration that only a newer program knows', async () => {
    const name = '209901010000-from-the-future';
    await inTransaction(() => rows('insert into migrations (name) values ($1)', [name]));
    try {
      expect(await states()).to.include({ schema: 'fail' });
    } finally {
      await inTransaction(() => rows('delete from migrations where name = $1', [name]));
    }
  });

  it('prints a line for each check, and ends with 1 when one failed', async () => {
    const said: string[] = [];
    const say = (line: string) => void said.push(line);
    expect(await runDoctor(settingsWith({ baseUrl: 'https://elsewhere.example' }), say)).to.equal(1);
    expect(said.filter(line => /^(ok|warn|fail) +[a-z -]+: ./.test(line))).to.deep.equal(said);
    expect(said.length).to.be.greaterThan(8);
  });
});
