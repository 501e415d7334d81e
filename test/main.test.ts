import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { compiled } from './support/programs/compiled.js';
import { elsewhere } from './support/programs/elsewhere.js';

/** A lease is a minute: what is taken again sooner was given back. */
const SOON = 40_000;

describe('the program, alone on its database', () => {
  it('resumes at its start the job that ran when it died', async () => {
    await elsewhere(async ({ url, run }) => {
      await run('up');
      await run('abandon');
      const abandoned = Date.now();
      expect(await run('taken')).to.deep.equal(['1']);
      await running(url, async () => {
        while ((await run('taken'))[0] === '1' && Date.now() < abandoned + SOON);
        // Or more often: it fails at once, and may have been tried again while this process asked.
        expect(Number((await run('taken'))[0])).to.be.greaterThan(1);
      });
    }, 'sqlite');
  });
});

/** Runs the program, on any free port, for as long as `use` takes. */
async function running(url: string, use: () => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'safe-passage-main-'));
  const server = spawn(process.execPath, [compiled('server/main')], {
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      DATA_DIR: folder,
      SETTINGS_FILE: '/dev/null',
      DATABASE_URL: url,
      LOG_LEVEL: 'fatal',
    },
    stdio: 'ignore',
  });
  const ended = once(server, 'exit');
  try {
    await use();
  } finally {
    server.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}
