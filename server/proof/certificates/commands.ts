import type { Command } from '../../door.js';
import { runStatuses } from './elsewhere/command-statuses.js';
import { runKeys } from './issuer/command-keys.js';
import { runCheckpoints } from './ledger/command-checkpoints.js';
import { runVerifyLedger } from './ledger/command-verify-ledger.js';
import { runRedate } from './lifecycle/command-redate.js';
import { runIssuers } from './verification/command-issuers.js';

export const commands: readonly Command[] = [
  {
    name: 'keys',
    usage: `
  keys list | rotate | retire KEY | compromise KEY [--yes]
                                   the keys that sign certificates; a running server applies changes`,
    run: (args, { say, withKeys }) => withKeys(({ keys }) => runKeys(args, keys, say)),
  },
  {
    name: 'marks',
    usage: `
  marks [accept --yes]             whether the marks of what was published, and DATA_DIR, are those of this database; accept:
                                   continue when they are lost`,
    run: (args, { say, withMarks }) => withMarks(signed => runCheckpoints(args, signed, say)),
  },
  {
    name: 'issuers',
    usage: `
  issuers list | fetch             the issuers that TRUSTED_ISSUERS names, and their keys, saved in the data folder`,
    run: (args, { say, settings }) => runIssuers(args, settings(), say),
  },
  {
    name: 'issuers statuses',
    usage: `
  issuers statuses                 ask these issuers whether they have revoked certificates that people added`,
    run: (_args, { say, withDatabase }) => withDatabase(config => runStatuses(config, say)),
  },
  {
    name: 'verify-ledger',
    usage: `
  verify-ledger [--whole] [--head SEQ:HASH]
                                   compute the ledger, the audit log and all status lists again, and name each row that was
                                   edited or moved, or is missing: since the last check, or with --whole from the beginning on`,
    run: (args, { say, withKeys }) =>
      withKeys(({ checkpoints, config }) => runVerifyLedger(args, { checkpoints, addresses: config }, say)),
  },
  {
    name: 'certificates',
    usage: `
  certificates redate [--yes]      correct future dates written by a fast clock; --yes applies the correction`,
    run: (args, { say, withKeys }) => withKeys(() => runRedate(args, Date.now(), say)),
  },
];
