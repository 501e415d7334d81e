import { randomUUID } from 'node:crypto';
import { hashPassword } from '../../../server/people/accounts/sign-in/passwords.js';
import { connect, disconnect } from '../../../server/platform/db/connect.js';
import { rows } from '../../support/rows.js';
import { inTransaction } from '../../../server/platform/db/transaction.js';
import { confirmName } from '../../../server/teaching/learning/naming.js';
import { recordPass } from '../../../server/teaching/learning/progress.js';
import { joinOpenOrganisation } from '../../../server/people/organisations/people/join-open.js';
import type { Account } from '../../../server/workshop/smoke/learner.js';
import { enrolled, quizIn, quizzesOf, readLessons, takeQuiz } from '../../support/walk.js';

/** Somebody who has done everything in a course but its last quiz. */
export interface Learner {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly cycleId: string;
  readonly quiz: string;
  /** How many questions that quiz has. */
  readonly questions: number;
}

const PASSWORD = 'quiet harbour 7 lanterns';
/** How many are brought there in one transaction. */
const AT_ONCE = 50;

/**
 * Puts so many learners before the last quiz of the course, in a database that no server has open. By the
 * verbs, so that events and rounds are those of real learners; only the earlier quizzes are taken by the
 * first of them and recorded as passed for the others, which is a hundred times faster.
 */
export async function bringLearners(url: string, count: number): Promise<Learner[]> {
  await connect(url);
  try {
    const passwordHash = await hashPassword(PASSWORD);
    const first = await newPerson(passwordHash, { isAdministrator: false });
    const cycle = await enrolled(first);
    const [last = '', ...others] = (await quizzesOf(cycle)).reverse();
    const { draw } = await quizIn(cycle, last);
    await readLessons(cycle);
    const attempts = new Map<string, string>();
    for (const quiz of others) attempts.set(quiz, (await takeQuiz(cycle, quiz)).id);

    const learners: Learner[] = [];
    while (learners.length < count) {
      await inTransaction(async () => {
        for (let n = Math.min(AT_ONCE, count - learners.length); n > 0; n -= 1) {
          const somebody = await newPerson(passwordHash, { isAdministrator: false });
          const cycleId = await bringThrough(somebody, attempts);
          learners.push({ ...somebody, password: PASSWORD, cycleId, quiz: last, questions: draw });
        }
      });
    }
    return learners;
  } finally {
    await disconnect();
  }
}

/** Puts an administrator into a database that no server has open. */
export async function bringAdministrator(url: string): Promise<Account> {
  await connect(url);
  try {
    const { name, email } = await newPerson(await hashPassword(PASSWORD), { isAdministrator: true });
    return { name, email, password: PASSWORD };
  } finally {
    await disconnect();
  }
}

async function newPerson(
  passwordHash: string,
  { isAdministrator }: { isAdministrator: boolean },
): Promise<{ id: string; name: string; email: string }> {
  const id = randomUUID();
  const somebody = { id, name: 'Ada Marlow', email: `${id}@example.org` };
  await inTransaction(() =>
    rows(
      `insert into users (id, email, name, password_hash, email_confirmed_at, is_administrator, created_at)
       values ($1, $2, $3, $4, $5, $6, $5)`,
      [id, somebody.email, somebody.name, passwordHash, Date.now(), isAdministrator],
    ),
  );
  await joinOpenOrganisation(id, Date.now());
  return somebody;
}

async function bringThrough(
  somebody: { id: string },
  attempts: ReadonlyMap<string, string>,
): Promise<string> {
  const cycle = await enrolled(somebody);
  await readLessons(cycle);
  for (const [quiz, attemptId] of attempts) {
    const now = Date.now();
    await recordPass({ cycleId: cycle.id, quiz, attemptId, passedAt: now }, now);
  }
  await confirmName(cycle, 'Ada Marlow', Date.now());
  return cycle.id;
}
