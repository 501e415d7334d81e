import { withCourse } from '../../accounts/sign-in/chosen-course.js';
import { joinPath } from './code-text.js';
import { codeWithId } from './join-codes.js';
import { joinByCode } from './join.js';

/** Where a person goes on who belongs to the organisation of a code: to the course that they came for (''; none), or that of the code. */
export const afterJoining = ({ courseSlug }: { courseSlug: string | null }, cameFor: string): string =>
  withCourse('/learning?done=joined', cameFor || (courseSlug ?? ''));

/**
 * Join by the code that somebody came with, now that their address is confirmed. Returns where they go on: where it could not
 * be done, that is the page of the code, which says why.
 */
export async function joinOnArrival(
  joinCodeId: string,
  { course, ...joiner }: { userId: string; now: number; course: string },
): Promise<string> {
  const joined = await joinByCode(joinCodeId, joiner);
  const code = await codeWithId(joinCodeId);
  if (!code) return '/learning';
  return joined === 'joined' || joined === 'member'
    ? afterJoining(code, course)
    : withCourse(joinPath(code.code), course);
}
