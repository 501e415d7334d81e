import type { Limit } from '../../../platform/http/security/rate-limits.js';

export const accessLimits = {
  /** Requests of one person: each tells several people by mail. */
  requests: { name: 'course-requests', points: 10, seconds: 86_400 },
} as const satisfies Record<string, Limit>;
