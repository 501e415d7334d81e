import { event, type PayloadsOf } from '../../platform/events/event.js';

/** What is recorded of accounts and entries that are merged. */
export const mergingEvents = {
  /** `closedId`: the account that is closed in favour of the other. */
  'account.merged': event<{ mergeId: string; userId: string; closedId: string }>('people'),
  'account.merge-undone': event<{ mergeId: string; userId: string; closedId: string }>('people'),
  /** Closed in favour of another; without a `keptId` it only changed its account. */
  'member.merged': event<{ mergeId: string; membershipId: string; keptId: string | null }>('people'),
  'member.merge-undone': event<{ mergeId: string; membershipId: string; keptId: string | null }>('people'),
};

declare module '../../platform/events/event-payloads.js' {
  interface EventPayloads extends PayloadsOf<typeof mergingEvents> {}
}
