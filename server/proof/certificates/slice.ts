import type { Door } from '../../door.js';
import { certificateData } from './certificate-data.js';
import { commands } from './commands.js';
import { elsewhereFiles } from './elsewhere/routes-elsewhere-files.js';
import * as elsewhere from './elsewhere/tables.js';
import { eraseCertificates } from './erasure/erase-certificates.js';
import * as erasure from './erasure/tables.js';
import { certificateEvents } from './events.js';
import * as holder from './holder/tables.js';
import * as issuer from './issuer/tables.js';
import { ledgerReactions } from './ledger/reactions.js';
import * as ledger from './ledger/tables.js';
import { lifecycleReactions } from './lifecycle/reactions.js';
import { certificateReactions } from './reactions.js';
import { renewalReactions } from './renewal/reactions.js';
import * as renewal from './renewal/tables.js';
import { routes } from './routes.js';
import { certificateRoutines } from './routines.js';
import * as statusLists from './status-lists/tables.js';
import * as certificates from './tables.js';
import { filesToVerify } from './verification/routes-files.js';
import * as verification from './verification/tables.js';

/** Issuing, renewal, keys, status lists, ledger, verification, documents. */
export const door: Door = {
  name: 'certificates',
  tables: Object.values({
    ...{ ...certificates, ...issuer, ...statusLists, ...ledger, ...verification },
    ...{ ...renewal, ...holder, ...erasure, ...elsewhere },
  }),
  personal: { tables: certificateData, erase: eraseCertificates, isProof: true },
  events: certificateEvents,
  reactions: { ...ledgerReactions, ...lifecycleReactions, ...certificateReactions, ...renewalReactions },
  routines: certificateRoutines,
  commands,
  web: {
    // The first is sent by a mail program (RFC 8058). The second asks about a file and changes nothing: a program may ask, too.
    fromAnywhere: ['/reminders', '/verify'],
    files: deps => [filesToVerify(deps), elsewhereFiles(deps)],
    reports: ['/certificates/:id/audit-pack.zip'],
    proofFirst: [
      '/admin/keys/:key',
      '/certificates/:id/reinstatement',
      '/certificates/:id/revocation',
      '/certificates/:id/suspension',
    ],
    pages: deps => [routes(deps)],
  },
};
