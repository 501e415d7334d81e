import { event, type PayloadsOf } from '../../platform/events/event.js';

/** What is recorded of sign-in through an organisation's provider. */
export const identityEvents = {
  'identity-provider.added': event<{ providerId: string }>('organisations'),
  'identity-provider.changed': event<{ providerId: string }>('organisations'),
  'identity-provider.tested': event<{ providerId: string }>('organisations'),
  'identity-provider.set': event<{ providerId: string; state: string; keyholderId: string | null }>(
    'organisations',
  ),
  'identity-provider.removed': event<{ providerId: string }>('organisations'),
  'identity-provider.certificate-ending': event<{ providerId: string; endsAt: number }>('operation'),
  /** The claim and its value may name a person, so they stand in no event. */
  'identity-rule.added': event<{
    providerId: string;
    ruleId: string;
    unitId: string | null;
    role: string | null;
  }>('organisations'),
  'identity-rule.removed': event<{ providerId: string; ruleId: string }>('organisations'),
  'identity-domain.added': event<{ domainId: string; domain: string }>('organisations'),
  'identity-domain.proven': event<{ domainId: string; domain: string; how: 'record' | 'administrator' }>(
    'organisations',
  ),
  /** Its record was missing three times within a week. */
  'identity-domain.lapsed': event<{ domainId: string; domain: string }>('operation'),
  'identity-domain.removed': event<{ domainId: string; domain: string }>('organisations'),
  /** `how`: by a proven address, or by whoever was signed in to the account. */
  'identity.connected': event<{
    identityId: string;
    userId: string;
    providerId: string;
    how: 'address' | 'account';
  }>('accounts'),
  'identity.disconnected': event<{ identityId: string; userId: string; providerId: string }>('accounts'),
  /** Somebody came back from a provider and was not let in; who it was, is not said. */
  'identity.refused': event<{ providerId: string; reason: string }>('accounts'),
  /** A provider signed somebody out. */
  'identity.signed-out': event<{ userId: string; providerId: string }>('accounts'),
};

declare module '../../platform/events/event-payloads.js' {
  interface EventPayloads extends PayloadsOf<typeof identityEvents> {}
}
