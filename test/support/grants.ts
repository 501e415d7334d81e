import { grantCourse, revokeGrant } from '../../server/teaching/courses/access/granting.js';
import { openOrganisation } from '../../server/people/organisations/memberships.js';

/** The restricted course of the program. */
export const RESTRICTED = 'law-enforcement';

/** As at the command line. */
export const byOperator = () => ({ actorId: null, now: Date.now() });

/** The restricted course is open to everyone while `work` goes on. */
export async function whileOpenToEveryone<T>(work: () => Promise<T>): Promise<T> {
  const { id } = await openOrganisation();
  await grantCourse(RESTRICTED, id, byOperator());
  try {
    return await work();
  } finally {
    await revokeGrant(RESTRICTED, id, byOperator());
  }
}
