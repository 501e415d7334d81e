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
  if (verb !== undefined && verb !== 'accept') throw new Error('marks: say nothing more, or accept --yes');
  const gap = checkpoints.gap();
  if (gap === null || gap.acceptedAt !== null) {
    say('The marks of what was published are whole.');
    return 0;
  }
  if (verb === undefined || sure !== '--yes') {
    CONSEQUENCES.forEach(say);
    return verb === undefined ? 1 : 2;
  }
  await acceptGap(checkpoints, Date.now());
  say(
    'Accepted, and on record. Checks answer again. Now withdraw again what was withdrawn after the backup.',
  );
  return 0;
}

const CONSEQUENCES = [
  'The folder "published" was missing beside a database that knows certificates: this may be an older copy of it.',
  'Certificates withdrawn after the copy was made are valid here, and numbers given out since can be given out again.',
  'If you have the folder of the old machine, put it back and start the server again. If it is lost, say "marks accept --yes":',
  'checks answer again from this database, and you withdraw again, by hand, what was withdrawn since.',
];
