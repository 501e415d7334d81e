import type { Limit } from '../../../platform/http/security/rate-limits.js';

/** One-time codes that do not work: of one staff number from anywhere, and of one network. What works is given back. */
export const entryLimits = {
  byNumber: { name: 'entry-number', points: 10, seconds: 3600 },
  byNetwork: { name: 'entry-network', points: 100, seconds: 600 },
} as const satisfies Record<string, Limit>;
