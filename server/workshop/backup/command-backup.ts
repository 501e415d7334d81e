import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Config } from '../../config.js';
import { backUp } from './backup.js';
import { restore } from './restore.js';

type Say = (line: string) => void;

/** The command `backup FILE`. Returns the exit code. */
export async function runBackup([file]: string[], config: Config, say: Say): Promise<number> {
  if (!file) throw new Error('backup: name the file to write, for example backup-2026-11-27.tar.gz');
  const path = resolve(file);
  const { parts, secretKeyFingerprint } = await backUp(config, path, Date.now());
  const bytes = parts.reduce((sum, { size }) => sum + size, 0);
  say(`${path}: ${parts.length} files, ${Math.ceil(bytes / 1024)} KB before packing, checked`);
  say(`It does not contain SECRET_KEY (fingerprint ${secretKeyFingerprint}): store that somewhere else.`);
  return 0;
}

/** The command `restore FILE [--keep-marks]`. Returns the exit code. */
export async function runRestore(args: string[], config: Config, say: Say): Promise<number> {
  const options = { 'keep-marks': { type: 'boolean', default: false } } as const;
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  const [file] = positionals;
  if (!file) throw new Error('restore: name the backup, for example backup-2026-11-27.tar.gz');
  const { manifest, aside } = await restore(config, resolve(file), {
    keepCheckpoints: values['keep-marks'],
    now: Date.now(),
  });
  say(`Restored: the installation is as it was at ${manifest.takenAt}. Everybody has to sign in again.`);
  if (aside) say(`What was here before is now ${aside}: remove it when you no longer need it.`);
  say(
    'Certificates revoked after that moment are known only if DATA_DIR/published was kept. If this folder is new, revoke them again.',
  );
  return 0;
}
