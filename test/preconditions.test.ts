import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { CannotStart, type Config } from '../server/config.js';
import { refuseDamagedFile, refuseOtherSettings, watchLargeFile } from '../server/preconditions.js';
import { withFile } from '../server/platform/db/sqlite-file.js';
import { elsewhere } from './support/programs/elsewhere.js';
import { runProgram } from './support/programs/program.js';
import { holder } from './support/holders.js';
import { ownWorld, world } from './support/world.js';
import { onSqliteOnly } from './support/dialect.js';

/** Its exit code; null when nothing is refused. */
async function codeOf(work: Promise<void>): Promise<number | null> {
  try {
    await work;
    return null;
  } catch (fault) {
    if (!(fault instanceof CannotStart)) throw fault;
    return fault.exitCode;
  }
}

describe('a start on settings that are not those of the database', () => {
  ownWorld();
  const refused = (other: Partial<Config>) => codeOf(refuseOtherSettings({ ...world().config, ...other }));

  it('is refused with another secret', async () => {
    expect(await refused({})).to.equal(null);
    expect(await refused({ secret: Buffer.alloc(32, 1) })).to.equal(2);
  });

  it('is refused at another address than the certificates name, unless it is allowed', async () => {
    await holder();
    const baseUrl = 'https://elsewhere.example';
    expect(await refused({ baseUrl })).to.equal(2);
    expect(await refused({ baseUrl, formerBaseUrls: [world().config.baseUrl] })).to.equal(null);
  });
});

describe('the program itself', function () {
  ownWorld();
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'start-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** One sentence on the error output, and no stack. */
  function expectSentence({ status, err }: { status: number | null; err: string }, code: number): void {
    expect(status, err).to.equal(code);
    expect(err.trim().split('\n'), err).to.have.length(1);
    expect(err).not.to.match(/^\s+at /m);
  }

  it('reports that it is older than its database', async () => {
    await elsewhere(async ({ url, run }) => {
      await run('up');
      await run('write', `insert into migrations (name) values ('209901010000-from-the-future')`);
      const server = await runProgram('main', [], { DATA_DIR: folder, DATABASE_URL: url });
      expectSentence(server, 1);
      expect(server.err).to.include('209901010000-from-the-future');
    });
  });

  onSqliteOnly.it('reports a damaged page in the middle of its file, and what to do', async () => {
    await elsewhere(async ({ url, run }) => {
      await run('up');
      const file = url.slice('sqlite:'.length);
      await withFile(file, ask => ask('PRAGMA journal_mode=DELETE'));
      expect(await codeOf(refuseDamagedFile(url))).to.equal(null);
      damage(file);
      const server = await runProgram('main', [], { DATA_DIR: folder, DATABASE_URL: url });
      expectSentence(server, 1);
      expect(server.err).to.include(file).and.include('restore');
    }, 'sqlite');
  });

  onSqliteOnly.it(
    'breaks off the check of a large file when it stops, and does not call that damage',
    async () => {
      const file = join(folder, 'large.sqlite');
      const stop = new AbortController();
      const endless = 'with recursive n (i) as (select 1 union all select i + 1 from n) select max(i) from n';
      const work = (ask: (sql: string) => Promise<object[]>) => {
        const asked = ask(endless);
        stop.abort();
        return asked;
      };
      writeFileSync(file, '');
      const broken = await withFile(file, work, stop.signal).catch((fault: unknown) => fault);
      expect(broken).to.include({ code: 'SQLITE_INTERRUPT' });
      writeFileSync(file, 'not a database');
      truncateSync(file, 70 * 1024 * 1024);
      expect(await codeOf(watchLargeFile(`sqlite:${file}`, new AbortController().signal))).to.equal(1);
      expect(await codeOf(watchLargeFile(`sqlite:${file}`, stop.signal))).to.equal(null);
    },
  );

  it('reports a folder that it cannot use, a database that does not answer, and a port that is taken', async () => {
    const blocked = join(folder, 'file');
    writeFileSync(blocked, '');
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const sqlite = `sqlite:${join(blocked, 'safe-passage.sqlite')}`;
    const cases: [NodeJS.ProcessEnv, string][] = [
      [{ DATABASE_URL: sqlite }, 'EEXIST'],
      [{ DATABASE_URL: 'postgres://postgres:secret@127.0.0.1:9/none' }, 'ECONNREFUSED'],
      [{ PORT: String(port), HOST: '127.0.0.1', LOG_LEVEL: 'fatal' }, 'EADDRINUSE'],
    ];
    try {
      for (const [settings, code] of cases) {
        const ended = await runProgram('main', [], { DATA_DIR: join(folder, 'data'), ...settings });
        expectSentence(ended, 1);
        expect(ended.err).to.include(code).and.not.include('secret');
      }
    } finally {
      taken.close();
    }
  });

  it('creates nothing as a command in the wrong environment', async () => {
    const dataDir = join(folder, 'nowhere');
    for (const command of [['keys', 'list'], ['migrate']]) {
      const ended = await runProgram('cli', command, { DATA_DIR: dataDir, SECRET_KEY: '07'.repeat(32) });
      expectSentence(ended, 2);
      expect(ended.err).to.include(dataDir);
    }
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('stops on a misspelt setting', async () => {
    const ended = await runProgram('main', [], { DATA_DIR: folder, SMTP_ULR: 'smtp://mail.example' });
    expect(ended.status).to.equal(2);
    expect(ended.err)
      .to.include('SMTP_URL')
      .and.not.match(/^\s+at /m);
    expect(readdirSync(folder)).to.deep.equal([]);
  });
});

/** Garbage over a page in the middle, as a failing disk leaves it. */
function damage(file: string): void {
  const page = 4096;
  const at = Math.floor(statSync(file).size / page / 2) * page;
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.alloc(page, 0xa5), 0, page, at);
  closeSync(handle);
}
