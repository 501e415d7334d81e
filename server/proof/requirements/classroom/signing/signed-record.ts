import type { SessionFacts } from '../sessions/stored-sessions.js';

/** Somebody who was there: for how many minutes, and which practical points they did (numbers from 0). */
export interface SignedPerson {
  readonly membershipId: string;
  readonly minutes: number;
  readonly points: readonly number[];
}

/** What a signature covers, with ids in place of people's names. `credited`: the memberships that got a credit by it. */
export interface SignedRecord {
  readonly course: string;
  readonly version: number;
  readonly day: string;
  readonly time: string;
  readonly minutes: number;
  readonly neededMinutes: number | null;
  readonly place: string;
  readonly unitId: string | null;
  readonly controlNumber: string | null;
  readonly instructor: {
    readonly userId: string | null;
    readonly visitor: string | null;
    readonly licence: string | null;
  };
  readonly points: readonly string[];
  readonly people: readonly SignedPerson[];
  readonly credited: readonly string[];
}

/** The record of a session as it stands. `fixed`: what is fixed by the first signature. */
export const recordOf = (
  session: SessionFacts,
  fixed: { readonly version: number; readonly neededMinutes: number | null },
  { people, credited }: Pick<SignedRecord, 'people' | 'credited'>,
): SignedRecord => ({
  course: session.courseSlug,
  ...fixed,
  day: session.day,
  time: session.time,
  minutes: session.minutes,
  place: session.place,
  unitId: session.unitId,
  controlNumber: session.controlNumber,
  instructor: {
    userId: session.instructorId,
    visitor: session.visitorName,
    licence: session.visitorLicence,
  },
  points: session.points,
  people,
  credited,
});

/** One thing that a correction changed, about somebody. `minutes` and `points`: what it says now. */
export interface RecordChange {
  readonly kind: 'came' | 'not-there' | 'minutes' | 'points' | 'credited' | 'not-credited';
  readonly membershipId: string;
  readonly minutes: number;
  readonly points: number;
}

/** What a version of a record says otherwise than the one before it. */
export function changesBetween(before: SignedRecord, after: SignedRecord): RecordChange[] {
  const [old, now] = [byMembership(before), byMembership(after)];
  const ids = [...new Set([...old.keys(), ...now.keys()])];
  return ids.flatMap(membershipId => [
    ...presence(membershipId, old.get(membershipId), now.get(membershipId)),
    ...credit(membershipId, before.credited, after.credited),
  ]);
}

function presence(membershipId: string, old?: SignedPerson, now?: SignedPerson): RecordChange[] {
  const say = (kind: RecordChange['kind']): RecordChange => ({
    ...{ kind, membershipId },
    minutes: now?.minutes ?? 0,
    points: now?.points.length ?? 0,
  });
  if (!old) return [say('came')];
  if (!now) return [say('not-there')];
  return [
    ...(old.minutes === now.minutes ? [] : [say('minutes')]),
    ...(old.points.join() === now.points.join() ? [] : [say('points')]),
  ];
}

function credit(membershipId: string, old: readonly string[], now: readonly string[]): RecordChange[] {
  const [had, has] = [old.includes(membershipId), now.includes(membershipId)];
  if (had === has) return [];
  return [{ kind: has ? 'credited' : 'not-credited', membershipId, minutes: 0, points: 0 }];
}

const byMembership = ({ people }: SignedRecord) => new Map(people.map(each => [each.membershipId, each]));
