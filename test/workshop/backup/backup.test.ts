import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect } from 'chai';
import { backUp } from '../../../server/workshop/backup/backup.js';
import { latestList, signList } from '../../../server/proof/certificates/status-lists/status-lists.js';
import { openCheckpoints } from '../../../server/proof/certificates/ledger/checkpoints.js';
import { CannotStart } from '../../../server/config.js';
import { faultsOf, withFile } from '../../../server/platform/db/sqlite-file.js';
import { rows } from '../../support/rows.js';
import { inTransaction } from '../../../server/platform/db/transaction.js';
import { newId } from '../../../server/platform/lib/ids.js';
import { keptSealed } from '../../../server/proof/reports/sealed/make-sealed.js';
import { runProgram, type Ended } from '../../support/programs/program.js';
import { signedInHolder } from '../../support/holders.js';
import { freshDatabase, ownWorld, world } from '../../support/world.js';
import { onPostgres, onSqliteOnly } from '../../support/dialect.js';

const FILES = ['manifest.json', onPostgres ? 'database.dump' : 'database.sqlite', 'did.json'];

describe('a backup', function () {
  ownWorld();
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'backup-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const archive = () => join(folder, 'backup.tar.gz');
  const backup = () => backUp(world().config, archive(), Date.now());
  /** Commands with this installation's secret, on the installation in `folder/restored`. */
  const command = (url: string, ...args: string[]): Promise<Ended> =>
    runProgram('cli', args, {
      DATA_DIR: join(folder, 'restored'),
      DATABASE_URL: url,
      BASE_URL: world().config.baseUrl,
      SECRET_KEY: '07'.repeat(32),
    });

  it('is one archive that any tar opens, with a sound database and all files beside it', async () => {
    await signedInHolder();
    const writing = inTransaction(() => rows('update users set created_at = created_at'));
    const [manifest] = await Promise.all([backup(), writing]);
    execFileSync('tar', ['-xzf', archive()], { cwd: folder });
    expect(readdirSync(folder)).to.include.members([...FILES, 'published']);
    expect(readdirSync(join(folder, 'published'))).to.include.members(['keys.json', 'ledger.json']);
    expect(statSync(archive()).mode & 0o777).to.equal(0o600);
    expect(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))).to.deep.equal(manifest);
    for (const { name, sha256 } of manifest.parts) {
      const bytes = readFileSync(join(folder, name));
      expect(createHash('sha256').update(bytes).digest('hex'), name).to.equal(sha256);
    }
    if (!onPostgres) expect(await faultsOf(join(folder, 'database.sqlite'), 'full')).to.deep.equal([]);
    expect(readdirSync(folder).filter(name => name.includes('partial'))).to.deep.equal([]);
  });

  it('contains the fingerprint of the secret, and nowhere the secret', async () => {
    const manifest = await backup();
    execFileSync('tar', ['-xzf', archive()], { cwd: folder });
    const secret = '07'.repeat(32);
    for (const { name } of manifest.parts) {
      const bytes = readFileSync(join(folder, name));
      expect(bytes.includes(secret) || bytes.includes(Buffer.from(secret, 'hex')), name).to.equal(false);
    }
    expect(manifest.secretKeyFingerprint).to.have.length(16);
  });

  it('overwrites no file', async () => {
    writeFileSync(archive(), 'mine');
    const refused = await backup().catch((fault: unknown) => fault);
    expect(refused).to.be.instanceOf(CannotStart);
    expect(readFileSync(archive(), 'utf8')).to.equal('mine');
    expect(readdirSync(folder)).to.deep.equal(['backup.tar.gz']);
  });

  it('restores the same certificates on a new machine, with nobody signed in', async () => {
    const { certificate } = await signedInHolder();
    const manifest = await backup();
    await restored(async url => {
      const ended = await command(url, 'restore', archive());
      expect(ended.status, ended.err).to.equal(0);
      const checkpoints = openCheckpoints(join(folder, 'restored'));
      expect(checkpoints.read()).to.deep.equal(openCheckpoints(world().config.dataDir).read());
      if (onPostgres)
        return expect((await command(url, 'verify-ledger')).out).to.match(/issuance_ledger [1-9]/);
      const file = url.slice('sqlite:'.length);
      expect(readdirSync(join(folder, 'restored')).filter(name => name.startsWith('own'))).to.deep.equal([
        'own.sqlite',
      ]);
      await withFile(file, async ask => {
        expect(await ask(`select code from certificates where id = '${certificate.id}'`)).to.deep.equal([
          { code: certificate.code },
        ]);
        expect(await ask('select * from sessions')).to.deep.equal([]);
        expect(await ask('select 1 from tokens where used_at is null')).to.deep.equal([]);
        const [told] = await ask<{ payload: string }>(
          `select payload from events where name = 'backup.restored'`,
        );
        expect(JSON.parse(told?.payload ?? '')).to.deep.equal({ takenAt: Date.parse(manifest.takenAt) });
      });
    });
  });

  it('brings back sealed files byte for byte, also one that was damaged', async () => {
    const [id, bytes] = [newId(), randomBytes(70_000)];
    await keptSealed(world().config.dataDir).write(id, Readable.from([bytes]));
    const { parts } = await backup();
    expect(parts.map(({ name }) => name)).to.include(`sealed/${id}.sealed`);
    await restored(async url => {
      const there = keptSealed(join(folder, 'restored'));
      await there.write(id, Readable.from(['damaged']));
      const ended = await command(url, 'restore', archive());
      expect(ended.status, ended.err).to.equal(0);
      expect(readFileSync(there.path(id)).equals(bytes)).to.equal(true);
    });
  });

  it('is not restored behind what was published, unless asked to; the newer checkpoints stay', async () => {
    const { certificate } = await signedInHolder();
    const { id: listId } = certificate.facts.statusList;
    await backup();
    const later = await signList(listId, world().issuer, Date.now());
    await restored(async url => {
      mkdirSync(join(folder, 'restored'), { recursive: true });
      const checkpoints = openCheckpoints(join(folder, 'restored'));
      const known = openCheckpoints(world().config.dataDir).read().keys;
      if (known) checkpoints.keys(known);
      checkpoints.list(later);
      const before = readdirSync(join(folder, 'restored'));
      const refused = await command(url, 'restore', archive());
      expectSentence(refused);
      expect(refused.err).to.include('--keep-marks');
      expect(readdirSync(join(folder, 'restored'))).to.deep.equal(before);
      const ended = await command(url, 'restore', archive(), '--keep-marks');
      expect(ended.status, ended.err).to.equal(0);
      expect(checkpoints.read().lists.find(list => list.listId === listId)?.number).to.equal(
        (await latestList(listId))?.number,
      );
    });
  });

  onSqliteOnly.it('is not restored under a running server; what was there before is kept', async () => {
    await backup();
    await restored(async url => {
      const file = url.slice('sqlite:'.length);
      writeFileSync(file, '');
      await withFile(file, async ask => {
        await ask('PRAGMA journal_mode=WAL');
        await ask('create table before (one)');
        const refused = await command(url, 'restore', archive());
        expectSentence(refused);
        expect(refused.err).to.include('running');
      });
      const ended = await command(url, 'restore', archive());
      expect(ended.status, ended.err).to.equal(0);
      const [aside = ''] = readdirSync(join(folder, 'restored')).filter(name => name.includes('.before-'));
      const tables = 'select name from sqlite_master';
      const was = await withFile(join(folder, 'restored', aside), ask => ask(tables));
      expect(was).to.deep.equal([{ name: 'before' }]);
    });
  });

  it('changes nothing when it is damaged', async () => {
    await backup();
    truncateSync(archive(), Math.floor(statSync(archive()).size * 0.9));
    await restored(async url => {
      expectSentence(await command(url, 'restore', archive()));
      expect(readdirSync(join(folder, 'restored'))).to.deep.equal([]);
    });
  });

  /** A place for an installation that is not there yet. */
  async function restored(use: (url: string) => Promise<unknown>): Promise<void> {
    mkdirSync(join(folder, 'restored'), { recursive: true });
    const { url, drop } = onPostgres
      ? await freshDatabase(folder)
      : { url: `sqlite:${join(folder, 'restored', 'own.sqlite')}`, drop: () => Promise.resolve() };
    await use(url).finally(drop);
  }
});

function expectSentence({ status, err }: Ended): void {
  expect(status, err).to.equal(1);
  expect(err.trim().split('\n'), err).to.have.length(1);
}
