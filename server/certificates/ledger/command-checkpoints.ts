import type { Checkpoints } from './checkpoints.js';
import { acceptGap } from './missing-checkpoints.js';

/**
 * `marks [accept --yes]`, at the command line: says whether any checkpoint of what was published is missing, and lets an
 * operator accept that some are. Returns the exit code: 1 while some are missing, 2 when `--yes` is needed.
 */
export async function runCheckpoints(
  args: string[],
  checkpoints: Checkpoints,
  say: (line: string) => void,
): Promise<number> {
  const [verb, sure] = args;
  if (verb !== undefined && verb !== 'accept') throw new Error('marks: add nothing, or accept --yes');
  const gap = checkpoints.gap();
  if (gap === null || gap.acceptedAt !== null) {
    say('The marks of what was published are complete.');
    return 0;
  }
  if (verb === undefined || sure !== '--yes') {
    CONSEQUENCES.forEach(say);
    return verb === undefined ? 1 : 2;
  }
  await acceptGap(checkpoints, Date.now());
  say('Accepted and recorded. Checks answer again. Now revoke again whatever was revoked after the backup.');
  return 0;
}

const CONSEQUENCES = [
  'The folder "published" was missing beside a database that contains certificates: this may be an older copy of it.',
  'Certificates revoked after the copy was made are valid here, and numbers issued since then can be issued again.',
  'If you have the folder from the old machine, put it back and restart the server. If it is lost, run "marks accept --yes":',
  'checks then answer again from this database, and you revoke again, by hand, whatever was revoked since.',
];
