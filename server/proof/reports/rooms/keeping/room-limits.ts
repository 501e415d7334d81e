import type { Limit } from '../../../../platform/http/security/rate-limits.js';

export const roomLimits = {
  /** Mails with the link of one room. */
  mail: { name: 'room-mail', points: 5, seconds: 86_400 },
} as const satisfies Record<string, Limit>;
