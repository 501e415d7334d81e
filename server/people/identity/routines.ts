import type { Clocked } from '../../platform/events/reaction.js';
import type { Routines } from '../../platform/events/routines/routine.js';
import { askDomainsAgain } from './domains/ask-again.js';
import { remindOfCertificates } from './saml/remind-of-certificates.js';

/** Certificates of providers that end soon, and domains whose proof may be gone. */
export const identityRoutines = {
  'identity.remind': { cron: '40 * * * *', run: ({ clock }) => remindOfCertificates(clock()) },
  'identity.ask-domains': { cron: '20 5 * * *', run: ({ clock }) => askDomainsAgain(clock()) },
} satisfies Routines<Clocked>;
