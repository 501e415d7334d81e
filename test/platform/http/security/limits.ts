import { RateLimits, type Limit } from '../../../../server/platform/http/security/rate-limits.js';
import { Client } from '../../../../server/workshop/smoke/client.js';
import { world } from '../../../support/world.js';

/** Count this many tries for a subject, by default all that the limit allows. */
export async function useUp(limit: Limit, subject: string, tries = limit.points): Promise<void> {
  const counts = new RateLimits(world().secrets.limits);
  for (let time = 0; time < tries; time += 1) await counts.count(limit, subject, Date.now());
}

/** A browser with this network address. */
export const visitorFrom = (address: string): Client =>
  new Client(world().base, '', { 'x-forwarded-for': address });
