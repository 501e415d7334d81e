import { event, type PayloadsOf } from '../../platform/events/event.js';

/** What is recorded of accounts. */
export const accountEvents = {
  'account.created': event<{ userId: string }>('accounts'),
  'account.sign-up-repeated': event<{ userId: string; course?: string | null }>('accounts'),
  'account.confirmation-asked': event<{ userId: string; tokenId: string }>('accounts'),
  'account.confirmed': event<{ userId: string }>('accounts'),
  'account.reset-asked': event<{ userId: string; tokenId: string }>('accounts'),
  'account.sign-in-link-asked': event<{ userId: string; tokenId: string }>('accounts'),
  'account.course-link-asked': event<{ userId: string; tokenId: string }>('accounts'),
  'account.password-changed': event<{ userId: string }>('accounts'),
  'account.renamed': event<{ userId: string }>('accounts'),
  'account.address-change-asked': event<{ userId: string; changeId: string }>('accounts'),
  'account.address-changed': event<{ userId: string; changeId: string }>('accounts'),
  /** Before it was confirmed: by the person, or by whoever reads the old mailbox. */
  'account.address-change-stopped': event<{
    userId: string;
    changeId: string;
    by: 'account' | 'old-address';
  }>('accounts'),
  'account.address-change-undone': event<{ userId: string; changeId: string }>('accounts'),
  'account.administrator-made': event<{ userId: string }>('roles'),
  'account.administrator-ended': event<{ userId: string }>('roles'),
  'account.blocked': event<{ userId: string; blockId: string }>('accounts'),
  'account.unblocked': event<{ userId: string }>('accounts'),
  'account.signed-in': event<{ userId: string }>('accounts'),
  'account.factor-added': event<{ userId: string; kind: string }>('accounts'),
  'account.factor-removed': event<{ userId: string; kind: string }>('accounts'),
  /** Its counter went back: there may be a copy of it. */
  'account.passkey-refused': event<{ userId: string; passkeyId: string }>('accounts'),
  'account.recovery-codes-made': event<{ userId: string }>('accounts'),
  'account.recovery-code-used': event<{ userId: string }>('accounts'),
  'account.factor-reset-asked': event<{ userId: string; resetId: string }>('accounts'),
  'account.factor-reset-decided': event<{ userId: string; resetId: string; outcome: 'granted' | 'declined' }>(
    'accounts',
  ),
  /** In a browser in which this account had not been used. */
  'account.new-device': event<{ userId: string; signInId: string }>('accounts'),
  /** Somebody wants to sign in by mail with an account that is closed in favour of another. */
  'account.former-asked': event<{ userId: string }>('accounts'),
};

declare module '../../platform/events/event-payloads.js' {
  interface EventPayloads extends PayloadsOf<typeof accountEvents> {}
}
