import type { Config } from '../../../config.js';
import type { Checkpoints } from './checkpoints.js';
import { isOwnFolder, joinDataFolder } from './data-folder.js';
import { acceptGap, noticeMissingCheckpoints } from './missing-checkpoints.js';

/**
 * `marks [accept --yes]`, at the command line: says whether any checkpoint of what was published is missing, or DATA_DIR is another
 * folder than the database's, and lets an operator accept that. Returns the exit code: 1 while something is to be accepted, 2 when `--yes`
 * is needed.
 */
export async function runCheckpoints(
  args: string[],
  { checkpoints, config: { dataDir } }: { checkpoints: Checkpoints; config: Pick<Config, 'dataDir'> },
  say: (line: string) => void,
): Promise<number> {
  const [verb, sure] = args;
  if (verb !== undefined && verb !== 'accept') throw new Error('marks: add nothing, or accept --yes');
  const isOwn = await isOwnFolder(dataDir);
  const isGap = await noticeMissingCheckpoints(checkpoints, Date.now());
  if (isOwn && !isGap) {
    say('The record of what was published is complete.');
    return 0;
  }
  if (verb === undefined || sure !== '--yes') {
    if (!isOwn) OTHER_FOLDER.forEach(say);
    if (isGap) CONSEQUENCES.forEach(say);
    return verb === undefined ? 1 : 2;
  }
  if (!isOwn) await joinDataFolder(dataDir);
  if (!isOwn) say('Accepted: DATA_DIR is now the data folder of this database.');
  if (await acceptGap(checkpoints, Date.now()))
    say(
      'Accepted and recorded. Checks answer again. Now revoke again whatever was revoked after the backup.',
    );
  return 0;
}

const OTHER_FOLDER = [
  'DATA_DIR is not the data folder of this database. If that folder still exists, set DATA_DIR to it.',
  'If it is lost, run "marks accept --yes": this folder takes its place. Sealed files and exports in the other folder are not here,',
  'and a server that still uses the other folder does not start again.',
];

const CONSEQUENCES = [
  'The folder "published" was missing beside a database that contains certificates: this may be an older copy of it.',
  'Certificates revoked after the copy was made are valid here, and numbers issued since then can be issued again.',
  'If you have the folder from the old machine, put it back and restart the server. If it is lost, run "marks accept --yes":',
  'checks then answer again from this database, and you revoke again, by hand, whatever was revoked since.',
];
