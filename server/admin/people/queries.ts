import { row, rows } from '../../db/rows.js';

/** A round of a course that a person took or takes. */
export interface CycleRow {
  readonly id: string;
  readonly number: number;
  readonly courseVersionId: string;
  readonly organisation: string;
  readonly openedAt: number;
  readonly completedAt: number | null;
}

/** A try at a quiz. `points` of `most` once it is handed in. */
export interface AttemptRow {
  readonly quiz: string;
  readonly courseVersionId: string;
  readonly number: number;
  readonly startedAt: number;
  readonly submittedAt: number | null;
  readonly points: number | null;
  readonly most: number | null;
  readonly passed: boolean | number | null;
}

/** What a person has done in one round: lessons as `module/lesson`, quizzes passed, and quizzes tried. */
export interface DoneRow {
  readonly cycleId: string;
  readonly kind: 'lesson' | 'pass' | 'try';
  readonly what: string;
}

/** The newest rounds of a person, at most `limit`. */
export const cyclesOfPerson = (userId: string, limit: number): Promise<CycleRow[]> =>
  rows<CycleRow>(
    `select c.id, c.number, c.course_version_id as "courseVersionId", o.name as organisation,
       c.opened_at as "openedAt", c.completed_at as "completedAt"
     from cycles c join organisations o on o.id = c.organisation_id
     where c.user_id = $1 order by c.opened_at desc, c.id limit $2`,
    [userId, limit],
  );

/** What was done in these rounds, in one question for all of them. */
export function doneIn(cycleIds: readonly string[]): Promise<DoneRow[]> {
  if (cycleIds.length === 0) return Promise.resolve([]);
  const these = `(${cycleIds.map((_, at) => `$${at + 1}`).join(', ')})`;
  return rows<DoneRow>(
    `select cycle_id as "cycleId", 'lesson' as kind, module_slug || '/' || lesson_slug as what
       from lesson_readings where cycle_id in ${these}
     union all select cycle_id, 'pass', quiz from quiz_passes where cycle_id in ${these}
     union all select distinct cycle_id, 'try', quiz from attempts where cycle_id in ${these}`,
    cycleIds,
  );
}

/** The newest tries of a person at any quiz, at most `limit`. */
export const attemptsOfPerson = (userId: string, limit: number): Promise<AttemptRow[]> =>
  rows<AttemptRow>(
    `select a.quiz, a.course_version_id as "courseVersionId", a.number, a.started_at as "startedAt",
       a.submitted_at as "submittedAt", a.points, a.max_points as most, a.passed
     from cycles c join attempts a on a.cycle_id = c.id
     where c.user_id = $1 order by a.started_at desc, a.id limit $2`,
    [userId, limit],
  );

/** The newest mails to a person, at most `limit`. Their texts are kept nowhere. */
export const mailsOfPerson = (
  userId: string,
  limit: number,
): Promise<{ kind: string; state: 'sending' | 'sent' | 'failed'; at: number }[]> =>
  rows(
    `select kind, state, coalesce(sent_at, created_at) as at from mails
     where user_id = $1 order by created_at desc, id limit $2`,
    [userId, limit],
  );

/** The organisations that a person belongs to or belonged to, and in what role. */
export const rolesOfPerson = (
  userId: string,
): Promise<{ organisation: string; role: string; since: number; endedAt: number | null }[]> =>
  rows(
    `select o.name as organisation, m.role, m.created_at as since, m.ended_at as "endedAt"
     from memberships m join organisations o on o.id = m.organisation_id
     where m.user_id = $1 order by m.created_at, m.id`,
    [userId],
  );

/** On how many devices a person is signed in now, and when one of them was last used; that is told to a quarter of an hour or so. */
export async function presenceOf(
  userId: string,
  now: number,
): Promise<{ count: number; lastAt: number | null }> {
  const found = await row<{ count: number; lastAt: number | null }>(
    `select count(*) as count, max(touched_at) as "lastAt" from sessions where user_id = $1 and expires_at > $2`,
    [userId, now],
  );
  return { count: Number(found?.count ?? 0), lastAt: found?.lastAt ?? null };
}
