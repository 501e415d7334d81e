import { enqueueMissed } from '../../platform/events/missed-jobs.js';
import type { Clocked } from '../../platform/events/reaction.js';
import type { Routines } from '../../platform/events/routines/routine.js';
import type { Issuer } from './issuer/issuer.js';
import { signHead } from './ledger/signed-heads.js';
import { requestMissingCertificates } from './lifecycle/catch-up.js';
import { announceRenewals } from './renewal/reminders.js';
import { signStaleLists } from './status-lists/status-lists.js';

/** What is signed and announced in time, and certificates that are missing. */
export const certificateRoutines = {
  'status-lists.sign-stale': {
    cron: '*/10 * * * *',
    run: ({ issuer, clock }) => signStaleLists(issuer, clock()),
  },
  'ledger.sign-head': { cron: '15 3 * * *', run: ({ issuer, clock }) => signHead(issuer, clock()) },
  'jobs.catch-up': { cron: '35 4 * * *', atStart: true, run: ({ clock }) => catchUp(clock()) },
  'renewals.announce': { cron: '25 * * * *', run: ({ clock }) => announceRenewals(clock()) },
} satisfies Routines<Clocked & { readonly issuer: Issuer }>;

/** Find work that should have a job and has none, whatever happened to the job. */
async function catchUp(now: number): Promise<void> {
  await enqueueMissed(now);
  await requestMissingCertificates(now);
}
