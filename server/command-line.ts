import { openCheckpoints } from './proof/certificates/ledger/checkpoints.js';
import { refuseOtherFolder } from './proof/certificates/ledger/data-folder.js';
import { noticeMissingCheckpoints } from './proof/certificates/ledger/missing-checkpoints.js';
import { loadConfig, type Config } from './config.js';
import { BUILT_IN } from './teaching/courses/built-in.js';
import { faultLine } from './teaching/content/load/fault-line.js';
import { loadContent } from './teaching/content/load/load.js';
import { connect, disconnect } from './platform/db/connect.js';
import { inLane } from './platform/db/lanes.js';
import type { CommandLine } from './door.js';
import { installedViews } from './platform/http/installed-views.js';
import { deriveSecrets } from './platform/http/secrets.js';
import {
  refuseEmptyDatabase,
  refuseNewerSchema,
  refuseNoInstallation,
  refuseOtherSettings,
} from './preconditions.js';

/** The settings of the existing installation that a command works on. */
function settings(): Config {
  const config = loadConfig(undefined, { create: false });
  refuseNoInstallation(config);
  return config;
}

/** Run `work` with the database of the installation open. `mayBeEmpty`: nothing has to be in it yet. */
export async function withDatabase(
  work: (config: Config) => Promise<number>,
  { mayBeEmpty = false } = {},
): Promise<number> {
  const config = settings();
  await connect(config.databaseUrl);
  try {
    if (!mayBeEmpty) await refuseEmptyDatabase(config);
    await refuseNewerSchema();
    return await inLane('reports', () => work(config));
  } finally {
    await disconnect();
  }
}

const withMarks: CommandLine['withMarks'] = work =>
  withDatabase(async config => {
    await refuseOtherSettings(config);
    const keys = { baseUrl: config.baseUrl, sealKey: deriveSecrets(config).issuerKeys };
    return work({ config, keys, checkpoints: openCheckpoints(config.dataDir) });
  });

/** What the command line gives to commands. */
export const commandLine: CommandLine = {
  say: line => void process.stdout.write(`${line}\n`),
  settings,
  content: () => {
    const loaded = loadContent(BUILT_IN);
    if (loaded.ok) return loaded.content;
    throw new Error(loaded.faults.map(faultLine).join('\n'));
  },
  views: installedViews,
  withDatabase: work => withDatabase(work),
  withMarks,
  withKeys: work =>
    withMarks(async signed => {
      await refuseOtherFolder(signed.config);
      await noticeMissingCheckpoints(signed.checkpoints, Date.now());
      return work(signed);
    }),
};
