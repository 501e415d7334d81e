import type { Limit } from '../../../platform/http/security/rate-limits.js';

/** A room full of people joins from one address: it is not counted how many join there, but who guesses, and how many join by a code. */
export const joinLimits = {
  /** Codes that there are not, from one network. */
  guess: { name: 'join-guess', points: 100, seconds: 600 },
  /** Forms with which people join by one code. Each sends a mail. */
  code: { name: 'join-code', points: 300, seconds: 3600 },
} as const satisfies Record<string, Limit>;
