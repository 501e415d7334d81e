import { row, rows } from '../../db/rows.js';
import type { DrawnSlot } from '../drawing/draw-form.js';
import type { Kept } from '../quiz.js';
import type { Answer } from '../../questions/answer.js';
import type { Result } from './impact.js';

/** Which attempts a ruling is about: those that were handed in and whose form has the question. */
export interface Scope {
  readonly courseSlug: string;
  readonly quiz: string;
  readonly itemId: string;
  readonly fromVersion: number;
  readonly toVersion: number;
}

/** An attempt that was handed in, its answers that count, its result as it stands, and where its round stands. */
export interface HandedIn {
  readonly id: string;
  readonly organisationId: string;
  readonly userId: string;
  readonly cycleId: string;
  readonly courseVersionId: string;
  readonly quiz: string;
  readonly form: readonly DrawnSlot[];
  readonly submittedAt: number;
  readonly kept: readonly Kept[];
  readonly before: Result;
  readonly completedAt: number | null;
  /** The attempt that the quiz counts as passed by; null while it is not passed. */
  readonly holder: string | null;
  readonly hasOtherPass: boolean;
}

/** Attempts that are held at one time. */
const BATCH = 200;

interface Row extends Omit<HandedIn, 'form' | 'kept' | 'before' | 'hasOtherPass'> {
  readonly form: string;
  readonly points: number;
  readonly maxPoints: number;
  readonly right: number;
  readonly passed: boolean | number;
  readonly others: number;
}

const COLUMNS = `a.id, a.organisation_id as "organisationId", a.user_id as "userId", a.cycle_id as "cycleId",
  a.course_version_id as "courseVersionId", a.quiz, a.form, a.submitted_at as "submittedAt", a.points,
  a.max_points as "maxPoints", a.right_answers as "right", a.passed, c.completed_at as "completedAt",
  p.attempt_id as holder, (select count(*) from attempts o
    where o.cycle_id = a.cycle_id and o.quiz = a.quiz and o.id <> a.id and o.passed) as others`;

const AROUND = `join cycles c on c.id = a.cycle_id
  left join quiz_passes p on p.cycle_id = a.cycle_id and p.quiz = a.quiz`;

/** `$1` slug, `$2` and `$3` versions, `$4` quiz, `$5` what a form with the question holds. */
const IN_SCOPE = `a.quiz = $4 and a.submitted_at is not null and a.form like $5 and a.course_version_id in
  (select id from course_versions where course_slug = $1 and number >= $2 and number <= $3)`;

const parameters = ({ courseSlug, quiz, itemId, fromVersion, toVersion }: Scope) => [
  courseSlug,
  fromVersion,
  toVersion,
  quiz,
  `%"itemId":"${itemId}"%`,
];

/** How many attempts are in scope now. */
export async function countHandedIn(scope: Scope): Promise<number> {
  const found = await row<{ n: number }>(
    `select count(*) as n from attempts a where ${IN_SCOPE}`,
    parameters(scope),
  );
  return Number(found?.n);
}

/** All attempts in scope in the order in which they were handed in, a batch at a time. */
export async function* handedIn(scope: Scope): AsyncGenerator<readonly HandedIn[]> {
  let after = { submittedAt: -1, id: '' };
  for (;;) {
    const batch = await rows<Row>(
      `select ${COLUMNS} from (select * from attempts a
         where ${IN_SCOPE} and (a.submitted_at, a.id) > ($6, $7)
         order by a.submitted_at, a.id limit ${BATCH}) a ${AROUND} order by a.submitted_at, a.id`,
      [...parameters(scope), after.submittedAt, after.id],
    );
    const last = batch.at(-1);
    if (!last) return;
    const answers = await keptIn(scope, after, last);
    yield batch.map(found => fromRow(found, answers.get(found.id) ?? []));
    after = last;
  }
}

/** One attempt that was handed in, or null. */
export async function handedInById(id: string): Promise<HandedIn | null> {
  const found = await row<Row>(
    `select ${COLUMNS} from attempts a ${AROUND} where a.id = $1 and a.submitted_at is not null`,
    [id],
  );
  if (!found) return null;
  const answers = await rows<AnswerRow>(`${ANSWERS} where w.attempt_id = $1 ${IN_ORDER}`, [id]);
  return fromRow(found, lastOf(answers).get(id) ?? []);
}

interface AnswerRow {
  readonly attemptId: string;
  readonly slot: number;
  readonly sequence: number;
  readonly response: string;
}

const ANSWERS = `select w.attempt_id as "attemptId", w.slot, w.sequence, w.response from attempt_answers w`;
const IN_ORDER = 'order by w.attempt_id, w.slot, w.sequence';

async function keptIn(scope: Scope, after: Place, last: Place): Promise<Map<string, Kept[]>> {
  return lastOf(
    await rows<AnswerRow>(
      `${ANSWERS} join attempts a on a.id = w.attempt_id
       where ${IN_SCOPE} and (a.submitted_at, a.id) > ($6, $7) and (a.submitted_at, a.id) <= ($8, $9) ${IN_ORDER}`,
      [...parameters(scope), after.submittedAt, after.id, last.submittedAt, last.id],
    ),
  );
}

type Place = Pick<Row, 'submittedAt' | 'id'>;

/** By attempt, the answer that counts in each slot: the last of those that come in order. */
function lastOf(answers: readonly AnswerRow[]): Map<string, Kept[]> {
  const found = new Map<string, Kept[]>();
  for (const { attemptId, slot, sequence, response } of answers) {
    const kept = found.get(attemptId) ?? [];
    found.set(attemptId, kept);
    if (kept.at(-1)?.slot === slot) kept.pop();
    kept.push({ slot, sequence, response: JSON.parse(response) as Answer });
  }
  return found;
}

const fromRow = (found: Row, kept: readonly Kept[]): HandedIn => {
  const { form, points, maxPoints, right, passed, others, ...rest } = found;
  return {
    ...rest,
    form: JSON.parse(form) as DrawnSlot[],
    kept,
    before: { points, maxPoints, right, passed: Boolean(passed) },
    hasOtherPass: Number(others) > 0,
  };
};
