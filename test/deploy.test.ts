import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../server/config.js';

/** `fetch` connects to no server on this port, whatever runs on the machine. */
const NOBODY = 9;

const unit = (name: string): string => readFileSync(join(projectRoot, 'deploy', name), 'utf8');

describe('the units for systemd', () => {
  it('start again without end what waits for a database, and not what has wrong settings', () => {
    const text = unit('safe-passage.service');
    for (const line of ['StartLimitIntervalSec=0', 'RestartSec=5', 'RestartPreventExitStatus=2'])
      expect(text).to.match(new RegExp(`^${line}$`, 'm'));
  });

  it('ask every minute whether the server answers', () => {
    expect(unit('safe-passage-health.timer')).to.match(/^OnUnitInactiveSec=1min$/m);
    expect(unit('safe-passage-health.service')).to.include('/deploy/safe-passage-health.sh');
  });
});

describe('the check of a server’s health', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'health-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs the script beside a systemd that only notes what it is told; the server has this state, and began so long ago (s). */
  async function restarted(port: number, { active = true, grace = -1 } = {}): Promise<boolean> {
    const note = join(folder, 'restarted');
    const systemctl = `#!/bin/sh
case "$1" in
  is-active) exit ${active ? 0 : 3} ;;
  show) echo 0 ;;
  restart) touch "${note}" ;;
esac
`;
    writeFileSync(join(folder, 'systemctl'), systemctl);
    chmodSync(join(folder, 'systemctl'), 0o755);
    const child = spawn('sh', [join(projectRoot, 'deploy/safe-passage-health.sh')], {
      env: {
        PATH: `${folder}:${dirname(process.execPath)}:/usr/bin:/bin`,
        PORT: String(port),
        PAUSE: '0',
        GRACE: String(grace),
      },
      stdio: 'ignore',
    });
    expect(await once(child, 'exit')).to.deep.equal([0, null]);
    return existsSync(note);
  }

  /** A server that answers with this status, for as long as `use` takes. */
  async function answering<T>(status: number, use: (port: number) => Promise<T>): Promise<T> {
    const server = createServer((_req, res) => void res.writeHead(status).end());
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    return use(port).finally(() => server.close());
  }

  it('leaves a server alone that answers', async () => {
    expect(await answering(200, port => restarted(port))).to.equal(false);
  });

  it('restarts one that does not, unless it was stopped or has just begun', async () => {
    expect(await restarted(NOBODY, { active: false })).to.equal(false);
    expect(await restarted(NOBODY, { grace: 2 ** 31 })).to.equal(false);
    expect(await restarted(NOBODY)).to.equal(true);
  });

  it('restarts one that answers with a fault', async () => {
    expect(await answering(500, port => restarted(port))).to.equal(true);
  });
});
