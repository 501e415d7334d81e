import { typed } from '../../../../platform/http/forms.js';
import { spoken } from '../../../../platform/i18n/spoken.js';
import { listedName } from '../../../../people/organisations/people/member-words.js';
import type { Attended } from './attendance.js';
import type { ListedPerson, SessionFacts } from '../sessions/stored-sessions.js';

/** One row of the form: what is said of somebody, as it was stored or typed. */
export interface AttendanceRow {
  readonly person: ListedPerson;
  readonly isPresent: boolean;
  /** As typed; '': all of the session. */
  readonly minutes: string;
  readonly points: readonly number[];
}

/** The rows as they are stored. */
export const keptRows = (people: readonly ListedPerson[]): AttendanceRow[] =>
  people.map(person => ({
    person,
    isPresent: person.state === 'present',
    minutes: person.minutes === null ? '' : String(person.minutes),
    points: person.pointsDone,
  }));

/** The rows as they were typed; somebody whom the form did not name, because they came meanwhile, is as stored. */
export const typedRows = (
  body: unknown,
  people: readonly ListedPerson[],
  session: Pick<SessionFacts, 'points'>,
): AttendanceRow[] =>
  keptRows(people).map(row => {
    const { membershipId } = row.person;
    if (typed(body, `listed-${membershipId}`) === '') return row;
    return {
      person: row.person,
      isPresent: typed(body, `here-${membershipId}`) !== '',
      minutes: typed(body, `minutes-${membershipId}`).trim().slice(0, 6),
      points: session.points.flatMap((_, at) =>
        typed(body, `point-${at}-${membershipId}`) === '' ? [] : at,
      ),
    };
  });

/** Reads the rows. Minutes are between one and those of the session; whoever is not there has none. */
export function readAttendance(
  rows: readonly AttendanceRow[],
  { minutes: whole }: Pick<SessionFacts, 'minutes'>,
) {
  const errors = Object.fromEntries(
    rows
      .filter(row => row.isPresent && served(row, whole) === undefined)
      .map(({ person }) => [
        `minutes-${person.membershipId}`,
        spoken('classroom.error.minutes', { name: listedName(person), most: whole }),
      ]),
  );
  if (Object.keys(errors).length > 0) return { ok: false as const, errors };
  const value = rows.map((row): Attended => ({
    membershipId: row.person.membershipId,
    isPresent: row.isPresent,
    minutes: row.isPresent ? (served(row, whole) ?? null) : null,
    points: row.isPresent ? row.points : [],
  }));
  return { ok: true as const, value };
}

/** Null: all of the session; undefined: no number of minutes. */
function served({ minutes }: AttendanceRow, whole: number): number | null | undefined {
  if (minutes === '') return null;
  const count = /^\d{1,4}$/.test(minutes) ? Number(minutes) : 0;
  if (count < 1 || count > whole) return undefined;
  return count === whole ? null : count;
}
