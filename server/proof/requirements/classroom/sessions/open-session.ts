import { NotFound } from '../../../../errors.js';
import { isId } from '../../../../platform/lib/ids.js';
import { openTree, unitsSeen, type OpenTree } from '../../../../people/organisations/units/open-tree.js';
import { asTeacher, can, signedIn, type Actor } from '../../../../policy.js';
import type { TaughtBy } from './plan-sessions.js';
import type { SessionSigner } from '../signing/statements.js';
import { sessionWithId, type SessionFacts } from './stored-sessions.js';

/** An organisation's classroom sessions, as somebody who plans or teaches them may see them. */
export interface OpenSessions extends OpenTree {
  /** The reader, with an instructor's reach. */
  readonly teacher: Actor;
  /** The units for which they plan; `isWhole`: for the whole organisation, too. */
  readonly units: ReturnType<typeof unitsSeen>;
  readonly isWhole: boolean;
}

/** For administrators, managers and instructors of an organisation. Throws `NotFound` to everybody else, `SignInNeeded` to visitors. */
export async function openSessions(reader: Actor | null, id: unknown, now: number): Promise<OpenSessions> {
  const actor = signedIn(reader);
  const teacher = asTeacher(actor);
  const tree = await openTree(teacher, id, now);
  const isWhole = can(teacher, 'organisation.manage', { organisationId: tree.organisation.id });
  return { ...tree, actor, teacher, isWhole, units: unitsSeen(tree, tree.today) };
}

/** Whether the reader keeps a session: it is for a unit of theirs, or theirs to teach. */
export const keepsSession = (
  { actor, isWhole, units }: OpenSessions,
  { unitId, instructorId }: Pick<SessionFacts, 'unitId' | 'instructorId'>,
): boolean => isWhole || instructorId === actor.id || units.some(({ id }) => id === unitId);

/** A session that the reader keeps, opened. */
export interface OpenSession extends OpenSessions {
  readonly session: SessionFacts;
  readonly home: string;
  readonly by: TaughtBy;
}

/** One session, for those who keep it. */
export async function openSession(
  reader: Actor | null,
  { id, session: sessionId }: { readonly id?: unknown; readonly session?: unknown },
  now: number,
): Promise<OpenSession> {
  const open = await openSessions(reader, id, now);
  const session = isId(sessionId) ? await sessionWithId(sessionId) : null;
  if (session?.organisationId !== open.organisation.id || !keepsSession(open, session)) throw new NotFound();
  const home = `${sessionsHome(open.organisation.id)}/${session.id}`;
  return { ...open, session, home, by: { organisation: open.organisation, actorId: open.actor.id, now } };
}

export const sessionsHome = (organisationId: string): string => `/organisations/${organisationId}/sessions`;

/** As what the reader may sign a session: its instructor, or an administrator; null: they may not. */
export function signerOf(
  { actor, organisation }: OpenSessions,
  { instructorId }: SessionFacts,
): SessionSigner | null {
  if (instructorId === actor.id) return 'instructor';
  return can(actor, 'organisation.administer', { organisationId: organisation.id }) ? 'administrator' : null;
}
