import { withCourse } from '../../accounts/sign-in/chosen-course.js';
import { joinPath } from './code-text.js';
import { codeWithId } from './join-codes.js';
import { joinByCode } from './join.js';

/** Where a person goes on who belongs to the organisation of a code: to its course, or to their own courses. */
export const afterJoining = ({ courseSlug }: { courseSlug: string | null }): string =>
  withCourse('/learning?done=joined', courseSlug ?? '');

/**
 * Join by the code that somebody came with, now that their address is confirmed. Returns where they go on: where it could not
 * be done, that is the page of the code, which says why.
 */
export async function joinOnArrival(
  joinCodeId: string,
  joiner: { userId: string; now: number },
): Promise<string> {
  const joined = await joinByCode(joinCodeId, joiner);
  const code = await codeWithId(joinCodeId);
  if (!code) return '/learning';
  return joined === 'joined' || joined === 'member' ? afterJoining(code) : joinPath(code.code);
}
