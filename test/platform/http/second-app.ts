import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp, type AppDeps } from '../../../server/app.js';
import { installedViews } from '../../../server/platform/http/installed-views.js';
import type { Config } from '../../../server/config.js';
import { SessionStore } from '../../../server/platform/http/security/sessions.js';
import { createLogger } from '../../../server/platform/lib/log.js';
import { world } from '../../support/world.js';

/** A second web side over the same database, with its own settings or outside things. */
export interface SecondApp {
  readonly base: string;
  readonly logged: string[];
  close(): Promise<void>;
}

export async function openSecondApp(
  settings: (base: string) => Partial<Config>,
  outside: Partial<Pick<AppDeps, 'clock' | 'settle' | 'catchUp' | 'issuer' | 'sessions'>> = {},
): Promise<SecondApp> {
  const { config, issuer, papers, secrets, refusals } = world();
  const logged: string[] = [];
  const server = createServer();
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const app = createApp({
    config: { ...config, baseUrl: base, ...settings(base) },
    log: createLogger('info', { write: line => void logged.push(line) }),
    views: installedViews(),
    issuer,
    papers,
    secrets,
    refusals,
    sessions: new SessionStore(),
    clock: Date.now,
    settle: () => Promise.resolve(),
    catchUp: () => Promise.resolve(),
    ...outside,
  });
  server.on('request', app);
  const close = () =>
    new Promise<void>(done => {
      server.close(() => done());
      server.closeAllConnections();
    });
  return { base, logged, close };
}
