import type { Limit } from '../../../platform/http/security/rate-limits.js';

export const invitationLimits = {
  /** Mails to one address, from all organisations together. */
  mail: { name: 'invitation-mail', points: 5, seconds: 86_400 },
} as const satisfies Record<string, Limit>;
