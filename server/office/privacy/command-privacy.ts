import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { idOfAddress } from '../../people/accounts/people.js';
import { zipFiles } from '../../platform/lib/zip.js';
import type { Views } from '../../platform/http/views.js';
import { askForErasure, decideErasure, newestErasures } from './erasure/erasure-requests.js';
import { nameOfSubject } from './erasure/erasure-page.js';
import { collectData } from './export/collect-data.js';
import { exportPack } from './export/export-pack.js';

const USE = 'privacy: use list, export EMAIL FILE or erase EMAIL --reason TEXT';

/**
 * `privacy list | export EMAIL FILE | erase EMAIL --reason TEXT`, at the command line: for somebody who writes to whoever runs
 * the server. A running server carries an erasure out. Returns the exit code; throws an error with a sentence when nothing
 * was done.
 */
export async function runPrivacy(
  args: string[],
  views: () => Views,
  say: (line: string) => void,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { reason: { type: 'string', default: '' } },
  });
  const [verb, email = '', file = ''] = positionals;
  if (verb === 'list') return list(say);
  if (verb === 'export' && file !== '') return exportTo(file, await accountOf(email), views(), say);
  if (verb === 'erase') return erase(await accountOf(email), values.reason.trim(), say);
  throw new Error(USE);
}

async function list(say: (line: string) => void): Promise<number> {
  for (const asked of await newestErasures())
    say(
      `${new Date(asked.askedAt).toISOString().slice(0, 10)}  ${asked.state}  ${await nameOfSubject(asked)}`,
    );
  return 0;
}

async function exportTo(
  file: string,
  userId: string,
  views: Views,
  say: (line: string) => void,
): Promise<number> {
  const pack = exportPack(await collectData(userId), { made: new Date().toISOString(), views });
  await writeFile(file, zipFiles(pack), { flag: 'wx', mode: 0o600 });
  say(`${file} contains everything held about this person. Give it to no one else`);
  return 0;
}

async function erase(userId: string, reason: string, say: (line: string) => void): Promise<number> {
  if (reason === '' || reason.length > 500)
    throw new Error('Give a reason of no more than 500 characters: privacy erase EMAIL --reason TEXT');
  const by = { actorId: null, now: Date.now() };
  const id = await askForErasure({ userId, membershipId: null }, '', by);
  const outcome = await decideErasure(id, reason, by);
  if (outcome !== 'decided') throw new Error(REFUSED[outcome]);
  say('The account is closed. A running server erases the details');
  return 0;
}

const REFUSED = {
  held: 'There is a legal hold. Lift it first under Administration, Erasures',
  last: 'This is the last site administrator. Make someone else one first: administrators make EMAIL',
  'not-open': 'This has already been decided',
  refused: 'This has been refused',
};

async function accountOf(email: string): Promise<string> {
  const id = await idOfAddress(email);
  if (id === null) throw new Error(`No account has the address "${email}"`);
  return id;
}
