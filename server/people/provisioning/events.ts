import { event, type PayloadsOf } from '../../platform/events/event.js';

/** What a directory changed about people. */
export const provisioningEvents = {
  /** Somebody whom the organisation's directory keeps, by the token that it holds. What became of their place is `member.changed`. */
  'provisioning.person-added': event<{ membershipId: string; tokenId: string }>('people'),
  'provisioning.person-changed': event<{ membershipId: string; tokenId: string }>('people'),
  'provisioning.person-removed': event<{ membershipId: string; tokenId: string }>('people'),
  'provisioning.group-added': event<{ groupId: string; tokenId: string }>('people'),
  'provisioning.group-changed': event<{ groupId: string; tokenId: string }>('people'),
  'provisioning.group-removed': event<{ groupId: string; tokenId: string }>('people'),
  /** What a directory may do, as an administrator chose; `group-meant`: what being in a group of it brings. */
  'provisioning.chosen': event<{ unitFrom: string; invites: boolean }>('organisations'),
  'provisioning.group-meant': event<{ groupId: string; means: string | null; unitId: string | null }>(
    'organisations',
  ),
};

declare module '../../platform/events/event-payloads.js' {
  interface EventPayloads extends PayloadsOf<typeof provisioningEvents> {}
}
