import { loadConfig } from '../../config.js';
import type { Command } from '../../door.js';
import { runBackup, runRestore } from './command-backup.js';

export const commands: readonly Command[] = [
  {
    name: 'backup',
    usage: `
  backup FILE                      everything but the secret into one new archive (.tar.gz), while the server runs`,
    run: (args, { say, withKeys }) => withKeys(({ config }) => runBackup(args, config, say)),
  },
  {
    name: 'restore',
    usage: `
  restore FILE [--keep-marks]      replace what is here by a backup; stop the server first`,
    // There may be no installation yet.
    run: (args, { say }) => runRestore(args, loadConfig(undefined, { create: false }), say),
  },
];
