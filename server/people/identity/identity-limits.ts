import type { Limit } from '../../platform/http/security/rate-limits.js';

/** A class behind one address finds its organisation at once; each trip and each answer writes. */
export const identityLimits = {
  find: { name: 'identity-find', points: 300, seconds: 600 },
  leave: { name: 'identity-leave', points: 600, seconds: 600 },
  /** Answers that were refused; one that works is given back. */
  answer: { name: 'identity-answer', points: 60, seconds: 600 },
  /** What an organisation's provider is asked when its settings are saved, and the domain name system. */
  ask: { name: 'identity-ask', points: 30, seconds: 600 },
} as const satisfies Record<string, Limit>;
