import { inTransaction } from '../../platform/db/transaction.js';
import { record } from '../../platform/events/record.js';
import type { Hindrance } from './arrive.js';
import type { ProviderFacts } from './providers/providers.js';

/**
 * Why an answer lets nobody in. `unknown`: this browser was not sent, or came back before or too late; `denied`: the provider said no;
 * `failed`: what it sent is not what it should be; `taken`: it means somebody else's account; `stale`: it did not say that it asked
 * them anew.
 */
export type AnswerRefusal = Hindrance | 'unknown' | 'denied' | 'failed' | 'taken' | 'stale';

/** An answer let nobody in, or word of a sign-out ended nothing: the organisation sees how often that happens, and why. */
export const recordRefused = (
  { id: providerId, organisationId }: ProviderFacts,
  reason: AnswerRefusal | 'sign-out',
  now: number,
): Promise<void> =>
  inTransaction(() =>
    record('identity.refused', { providerId, reason }, { actorId: null, organisationId, now }),
  );
