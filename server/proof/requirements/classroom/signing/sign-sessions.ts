import { courseVersionAt } from '../../../../teaching/courses/version-at.js';
import { insert, row, rows } from '../../../../platform/db/rows.js';
import { columns, sql } from '../../../../platform/db/sql.js';
import { inTransaction } from '../../../../platform/db/transaction.js';
import { record } from '../../../../platform/events/record.js';
import { canonicalJson, type Json } from '../../../../platform/lib/canonical-json.js';
import { newId } from '../../../../platform/lib/ids.js';
import { sha256 } from '../../../../platform/lib/tokens.js';
import { holdOrganisation } from '../../../../people/organisations/hold-organisation.js';
import { writeAttendance, type AsSeen, type Attended } from '../attendance/attendance.js';
import type { TaughtBy } from '../sessions/plan-sessions.js';
import { creditSessions, earnedIn } from '../hours/session-credits.js';
import { momentsOf } from '../sessions/session-times.js';
import { recordOf, type SignedPerson } from './signed-record.js';
import { STATEMENTS, statementCalled, type SessionSigner } from './statements.js';
import { peopleOf, sessionWithId, signaturesOf, type SessionFacts } from '../sessions/stored-sessions.js';
import { ClassroomPerson, ClassroomSession, ClassroomSignature, CourseHours } from '../tables.js';

/** Who signs as what, and what was typed as a name. */
export interface Signing extends TaughtBy {
  readonly signer: SessionSigner;
  readonly name: string;
}

/**
 * Why nothing was signed. `own`: the signer is among those who were there. `early`: it has not begun. `nobody`: nobody was there.
 * `changed`: not what the signer has read. `closed`: signed, withdrawn or cancelled meanwhile.
 */
export type Unsigned = 'own' | 'early' | 'nobody' | 'changed' | 'closed';

export type SignOutcome = { readonly kind: 'signed' } | { readonly kind: 'refused'; readonly why: Unsigned };

const SIGNED: SignOutcome = { kind: 'signed' };
const refused = (why: Unsigned): SignOutcome => ({ kind: 'refused', why });

const FIX = sql`update ${ClassroomSession} set signed_at = $1, version = $2, needed_minutes = $3 where id = $4`;
const STAYED_AWAY = sql`update ${ClassroomPerson} set state = 'absent' where session_id = $1 and state = 'expected'`;
const NEEDED = sql`select ${columns(CourseHours, 'h', 'minutes')} from ${CourseHours} h
  where h.organisation_id = $1 and h.course_slug = $2`;

/** Sign who was there. Whoever was there long enough, and did all that is practised, is credited with the course. */
export const signSession = ({ sessionId, revision }: AsSeen, signing: Signing): Promise<SignOutcome> =>
  inTransaction(async () => {
    const { organisation, now } = signing;
    await holdOrganisation(organisation.id);
    const session = await sessionWithId(sessionId);
    if (!session || session.signedAt !== null || session.endedAt !== null) return refused('closed');
    if (session.revision !== revision) return refused('changed');
    const { start } = momentsOf(session, organisation.timeZone);
    if (now < start) return refused('early');
    const why = await whyNot(sessionId, signing.actorId);
    if (why) return refused(why);
    const version = await courseVersionAt(session.courseSlug, start);
    const neededMinutes = (await row(NEEDED, [organisation.id, session.courseSlug]))?.minutes ?? null;
    await rows(FIX, [now, version, neededMinutes, sessionId]);
    await rows(STAYED_AWAY, [sessionId]);
    await putUnder(sessionId, { kind: 'signed', reason: null }, signing);
    return SIGNED;
  });

/** Correct what was signed: `all` says anew who came; it is signed again with a reason, and credits follow. */
export const correctSession = (
  { sessionId, revision }: AsSeen,
  { all, reason }: { all: readonly Attended[]; reason: string },
  signing: Signing,
): Promise<SignOutcome> =>
  inTransaction(async () => {
    await holdOrganisation(signing.organisation.id);
    const session = await sessionWithId(sessionId);
    if (!session || session.signedAt === null || session.endedAt !== null) return refused('closed');
    if (session.revision !== revision) return refused('changed');
    if (await wouldSignForThemselves(sessionId, all, signing.actorId)) return refused('own');
    if (!all.some(({ isPresent }) => isPresent)) return refused('nobody');
    await writeAttendance(session, all);
    await putUnder(sessionId, { kind: 'corrected', reason }, signing);
    return SIGNED;
  });

const END = sql`update ${ClassroomSession} set ended_at = $1 where id = $2`;

/** Take a signed session back with a reason: nobody is credited by it, and it stays as a record of what was signed. */
export const withdrawSession = (sessionId: string, reason: string, signing: Signing): Promise<SignOutcome> =>
  inTransaction(async () => {
    await holdOrganisation(signing.organisation.id);
    const session = await sessionWithId(sessionId);
    if (!session || session.signedAt === null || session.endedAt !== null) return refused('closed');
    if (await isAmongThem(sessionId, signing.actorId)) return refused('own');
    await rows(END, [signing.now, sessionId]);
    await putUnder(sessionId, { kind: 'withdrawn', reason }, signing);
    return SIGNED;
  });

async function whyNot(sessionId: string, actorId: string): Promise<Unsigned | null> {
  if (await isAmongThem(sessionId, actorId)) return 'own';
  return (await peopleOf(sessionId)).some(({ state }) => state === 'present') ? null : 'nobody';
}

/** Whether somebody is among those who were at a session, and so cannot sign it. */
export const isAmongThem = async (sessionId: string, actorId: string): Promise<boolean> =>
  (await peopleOf(sessionId)).some(({ userId, state }) => userId === actorId && state === 'present');

/** Nobody takes themselves off the list to sign for the others, nor puts themselves on it. */
async function wouldSignForThemselves(
  sessionId: string,
  all: readonly Attended[],
  actorId: string,
): Promise<boolean> {
  const own = (await peopleOf(sessionId)).filter(({ userId }) => userId === actorId);
  const saidOf = (id: string) => all.find(({ membershipId }) => membershipId === id);
  return own.some(
    ({ state, membershipId }) => state === 'present' || (saidOf(membershipId)?.isPresent ?? false),
  );
}

/** Put a signature under a session as it now stands, and let the credits of all on its list follow. */
async function putUnder(
  sessionId: string,
  { kind, reason }: { kind: 'signed' | 'corrected' | 'withdrawn'; reason: string | null },
  { organisation, actorId, now, signer, name }: Signing,
): Promise<void> {
  const session = await sessionWithId(sessionId);
  if (!session) throw new Error(`There is no session ${sessionId}`);
  const listed = await peopleOf(sessionId);
  const ids = listed.map(({ membershipId }) => membershipId);
  await creditSessions(session.courseSlug, ids, { organisation, actorId, now });
  const signed = canonicalJson((await recordNow(session, listed)) as unknown as Json);
  const statement = STATEMENTS[signer];
  const number = (await signaturesOf(sessionId)).length + 1;
  const recordHash = sha256(signed);
  await insert(ClassroomSignature, {
    ...{ id: newId(), sessionId, organisationId: organisation.id, number, kind, reason },
    ...{ signedBy: actorId, signedName: name, signedAt: now },
    ...{ statement, statementHash: statementCalled(statement).hash, record: signed, recordHash },
  });
  const people = listed.filter(({ state }) => state === 'present').length;
  const news = { sessionId, number, kind, people, recordHash };
  await record('classroom.signed', news, { actorId, organisationId: organisation.id, now });
}

async function recordNow(session: SessionFacts, listed: Awaited<ReturnType<typeof peopleOf>>) {
  const present = listed.filter(({ state }) => state === 'present');
  const people = present.map(({ membershipId, minutes, pointsDone }): SignedPerson => ({
    membershipId,
    minutes: minutes ?? session.minutes,
    points: pointsDone,
  }));
  const ids = people.map(({ membershipId }) => membershipId);
  const earned = await earnedIn(session.organisationId, session.courseSlug, ids);
  const credited = ids.filter(id => earned.get(id)?.get(session.id)?.isCredited);
  const { version, neededMinutes } = session;
  return recordOf(session, { version: version ?? 1, neededMinutes }, { people, credited });
}
