import { connect, disconnect } from '../../server/platform/db/connect.js';
import { faultsOf, sqliteFile, withFile } from '../../server/platform/db/sqlite-file.js';
import { Client, type Page } from '../../server/workshop/smoke/client.js';
import { fromSomewhere } from '../support/world.js';
import { lossesOf, type Fault } from './checks/checks.js';
import type { Disk } from './disk.js';
import type { Learner } from './learners/learners.js';
import type { Server } from './server.js';
import { readAnswers } from './checks/store.js';
import type { Taking } from './learners/taking.js';
import type { Told } from './learners/told.js';
import { badEnd, comes, isReady } from './until.js';

/** Pages that anybody may read. */
const PUBLIC = ['/', '/courses', '/verify', '/sign-in', '/healthz'];

/** Leaves no room on the disk, and none in the file of the write-ahead log, which is otherwise used again from its beginning. */
export async function fillDisk(url: string, disk: Disk): Promise<void> {
  const file = sqliteFile(url);
  if (file) await withFile(file, ask => ask('PRAGMA wal_checkpoint(TRUNCATE)'));
  disk.fill();
}

/** While the disk is full the server says that it is not ready, turns away whoever writes, and serves whoever only reads. */
export async function lookAtFull(
  { base }: Server,
  { told, crew }: { told: readonly Told[]; crew: readonly Taking[] },
): Promise<Fault[]> {
  const faults: Fault[] = [];
  if (!(await comes(() => isReady(base, 503)))) faults.push(badEnd('/readyz is content with a full disk'));
  for (const { learner } of told.slice(-1)) faults.push(...(await unlessTurnedAway(base, learner)));
  const stranger = new Client(base, '', fromSomewhere());
  for (const path of PUBLIC) faults.push(...unlessShown(await stranger.get(path)));
  for (const taking of crew) faults.push(...(await taking.look()).flatMap(unlessSignedOut));
  return faults;
}

/** Signing in writes: it may find room in what the file has already, but not for long. */
async function unlessTurnedAway(base: string, learner: Learner): Promise<Fault[]> {
  const answers: Page[] = [];
  const isRefused = async () =>
    answers.push(await signIn(base, learner)) > 0 && answers.at(-1)?.status !== 200;
  if (!(await comes(isRefused))) return [badEnd('A full disk keeps nobody from signing in')];
  return answers.slice(-1).flatMap(unlessCalm);
}

function signIn(base: string, { email, password }: Learner): Promise<Page> {
  const browser = new Client(base, '', fromSomewhere());
  return browser.get('/sign-in').then(() => browser.submit('/sign-in', { email, password }));
}

/** A page that says to come back in a moment. */
function unlessCalm({ status, headers, path }: Page): Fault[] {
  const isPage = headers.get('content-type')?.startsWith('text/html') && headers.has('retry-after');
  return status === 503 && isPage ? [] : [badEnd(`A full disk answers a sign-in with ${status} at ${path}`)];
}

const unlessShown = ({ status, path }: Page): Fault[] =>
  status === 200 ? [] : [badEnd(`With a full disk, ${path} answers ${status}`)];

const unlessSignedOut = (page: Page): Fault[] =>
  page.path.startsWith('/sign-in') ? [badEnd('A full disk signs a learner out')] : unlessShown(page);

/** After there is room again: the same server is ready, the file is sound, and whatever was acknowledged is in it. */
export async function lookAfterFull(server: Server, url: string, told: readonly Told[]): Promise<Fault[]> {
  const isBack = server.isUp() && (await comes(() => isReady(server.base, 200)));
  if (!isBack) {
    await server.kill();
    await server.start();
  }
  const damage = await faultsOf(sqliteFile(url) ?? '', 'full');
  await connect(url);
  try {
    const { of, same } = await readAnswers(told);
    return [
      ...(isBack ? [] : [badEnd('The server does not go on when there is room again')]),
      ...damage.map(what => badEnd(`The file is damaged: ${what}`)),
      ...told.flatMap(each => lossesOf(each, of(each), same)),
    ];
  } finally {
    await disconnect();
  }
}
