import { event, type PayloadsOf } from '../../platform/events/event.js';

/** What is recorded of exports and erasures. */
export const privacyEvents = {
  'account.export-asked': event<{ userId: string; exportId: string }>('accounts'),
  'account.export-made': event<{ userId: string; exportId: string }>('accounts'),
  'account.export-taken': event<{ userId: string; exportId: string }>('accounts'),
  'erasure.asked': event<{ erasureId: string }>('people'),
  'erasure.withdrawn': event<{ erasureId: string }>('people'),
  'erasure.refused': event<{ erasureId: string }>('people'),
  'erasure.decided': event<{ erasureId: string }>('people'),
  /** How many certificates and events are left as hashes, and a hash of those (`erasure-digest.ts`). */
  'erasure.carried-out': event<{ erasureId: string; certificates: number; events: number; digest: string }>(
    'people',
  ),
  'legal-hold.placed': event<{ holdId: string }>('people'),
  'legal-hold.lifted': event<{ holdId: string }>('people'),
};

declare module '../../platform/events/event-payloads.js' {
  interface EventPayloads extends PayloadsOf<typeof privacyEvents> {}
}
