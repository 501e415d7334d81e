import type { Limit } from '../../../platform/http/security/rate-limits.js';

/**
 * Limits on checks. People who check certificates can go on; people who guess numbers or names cannot. Many strangers at one
 * certificate slow down strangers; its holder can still show it.
 */
export const checkLimits = {
  verifyByAddress: { name: 'verify-address', points: 1200, seconds: 600, step: 60 },
  unknownNumberByAddress: { name: 'unknown-number', points: 30, seconds: 600 },
  fileCheckByAddress: { name: 'file-check-address', points: 240, seconds: 600, step: 4 },
  wrongNameByPair: { name: 'wrong-name-pair', points: 10, seconds: 3600 },
  wrongNameByCertificate: { name: 'wrong-name', points: 100, seconds: 3600 },
} as const satisfies Record<string, Limit>;
