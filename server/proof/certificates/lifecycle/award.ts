import { User } from '../../../people/accounts/tables.js';
import { countedMinutes } from '../../../teaching/courses/cards.js';
import type { PublishedCourse } from '../../../teaching/courses/catalogue.js';
import { renewalQuiz, type CourseSnapshot } from '../../../teaching/content/snapshot.js';
import { insertAllOnce, rows } from '../../../platform/db/rows.js';
import { as, columns, parameters, renamed, sql, type Sql } from '../../../platform/db/sql.js';
import { nullable, text } from '../../../platform/db/table.js';
import { translator } from '../../../platform/i18n/i18n.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { steps } from '../../../teaching/learning/completion.js';
import type { CycleFacts } from '../../../teaching/learning/enrolments.js';
import { takenCourse } from '../../../teaching/learning/path/taken-course.js';
import { ConfirmedName, Cycle } from '../../../teaching/learning/tables.js';
import { newId } from '../../../platform/lib/ids.js';
import { Organisation } from '../../../people/organisations/tables.js';
import { passedResults, type PassedResult } from '../../../teaching/quizzes/attempts/attempts.js';
import { cutScore } from '../../../teaching/quizzes/item-analysis/figures/cut-score.js';
import { quizName } from '../../../teaching/quizzes/quiz-words.js';
import { quizOf } from '../../../teaching/quizzes/quiz.js';
import type { Issuer } from '../issuer/issuer.js';
import type { Award } from '../ledger/hash.js';
import { Certificate } from '../tables.js';
import { previousEnds } from './previous-expiry.js';
import { computeExpiry } from './validity.js';
import type { AchievedCourse, RequiredQuiz } from '../../open-badges/achievement.js';
import type { Assurance, AwardFacts } from '../../open-badges/credential.js';

/** A new certificate: its facts, and the cycle that earned it. `now`: epoch ms. */
export interface NewAward {
  readonly now: number;
  readonly code: string;
  readonly cycle: Pick<CycleFacts, 'id' | 'organisationId' | 'userId' | 'courseVersionId'>;
  readonly facts: AwardFacts;
}

/**
 * Insert awards, which are not signed yet, and return them. Null when one of the cycles already has one, or when an index in the status
 * list has just been taken; only the caller can tell which. The others are inserted then: of several, the caller undoes them.
 */
export async function insertAwards(all: readonly NewAward[]): Promise<Award[] | null> {
  const awards = all.map(awardFrom);
  return (await insertAllOnce(Certificate, awards)) === awards.length ? awards : null;
}

const awardFrom = ({ now, code, cycle, facts }: NewAward): Award => ({
  id: facts.credentialId,
  code,
  organisationId: cycle.organisationId,
  userId: cycle.userId,
  cycleId: cycle.id,
  courseVersionId: cycle.courseVersionId,
  holderName: facts.name,
  facts: JSON.stringify(facts),
  statusListId: facts.statusList.id,
  statusIndex: facts.statusList.index,
  awardedAt: facts.awardedAt,
  validUntil: facts.validUntil,
  createdAt: now,
});

/** The facts of a certificate that are fixed only with its award: what was achieved, and a place that nobody else takes. */
export type OpenFacts = Omit<AwardFacts, 'modules' | 'statusList'>;

const lastConfirmed = (column: Sql): Sql =>
  sql`(select ${column} from ${ConfirmedName} n where n.cycle_id = c.id order by n.number desc limit 1)`;

/** Whose the certificates of cycles are: the learners', unless they were erased, with the name that they confirmed last. */
const whose = (
  cycles: number,
) => sql`select ${renamed(Cycle, 'c', { cycleId: 'id' })}, ${columns(User, 'u', 'name')},
    ${lastConfirmed(sql`n.name`)} ${as('confirmed', nullable(text()))},
    ${lastConfirmed(sql`n.assurance`)} ${as('assurance', nullable(text<Assurance>()))},
    ${renamed(Organisation, 'o', { organisationName: 'name' })}
  from ${Cycle} c join ${Organisation} o on o.id = c.organisation_id
    join ${User} u on u.id = c.user_id and u.erased_at is null
  where c.id in (${parameters(cycles)})`;

/**
 * The facts for the certificates of completed cycles, in their order, those that are fixed with the awards excepted. Throws when one of
 * the cycles is not complete, or its learner was erased.
 */
export async function gatherFacts(cycles: readonly CycleFacts[], issuer: Issuer): Promise<OpenFacts[]> {
  const found = await rows(
    whose(cycles.length),
    cycles.map(({ id }) => id),
  );
  const courses = await Promise.all(cycles.map(takenCourse));
  const taken = cycles.map((cycle, at) => ({ cycle, course: courses[at] as PublishedCourse }));
  const ends = await previousEnds(
    taken.map(({ cycle, course }) => ({ cycle, slug: course.slug, rule: course.snapshot.validity })),
  );
  return taken.map(({ cycle, course }) => {
    const holder = found.find(({ cycleId }) => cycleId === cycle.id);
    if (!holder || !cycle.completedAt) throw new Error(`Cycle ${cycle.id} lacks its parts`);
    const { completedAt, timeZone } = cycle;
    const validity = { rule: course.snapshot.validity, previousEnd: ends.get(cycle.id) ?? null };
    return {
      credentialId: newId(),
      subjectId: newId(),
      // A cycle whose last quiz began before names were confirmed has no confirmed name.
      name: holder.confirmed ?? holder.name,
      course: describeCourse(course),
      organisationName: holder.organisationName,
      ...(cycle.path === 'renewal' ? { path: cycle.path } : {}),
      awardedAt: completedAt,
      validUntil: computeExpiry({ completedAt, timeZone, ...validity }).validUntil,
      validity,
      minutes: countedMinutes(course.snapshot),
      // Where nothing was compared at the confirmation, only the holder vouches for the name.
      assurance: holder.assurance ?? 'holder',
      timeZone,
      baseUrl: issuer.baseUrl,
      issuerName: issuer.name,
    };
  });
}

/** A course version as its certificates describe it: what had to be done differs where it was taken by the renewal. */
export const describeCourse = ({ snapshot, number }: PublishedCourse): AchievedCourse => ({
  slug: snapshot.slug,
  title: snapshot.title,
  summary: snapshot.summary,
  version: number,
  criteria: (renewalQuiz(snapshot) && snapshot.renewal?.criteria) ?? snapshot.criteria,
  ...(snapshot.certificate && { certificate: snapshot.certificate }),
  supports: snapshot.supports ?? [],
});

/**
 * The results of a cycle as its certificate prints them, in the order of the course. Percentages are rounded down, so
 * that a certificate never states more than was achieved.
 */
export const moduleResults = async (
  cycleId: string,
  course: PublishedCourse,
): Promise<AwardFacts['modules']> => printedResults(await passedResults([cycleId]), course);

/** The same of results that were read. */
export function printedResults(
  results: readonly PassedResult[],
  course: PublishedCourse,
): AwardFacts['modules'] {
  const passed = new Map(results.map(result => [result.quiz, result]));
  return requiredQuizzes(course).flatMap(required => {
    const result = passed.get(required.id);
    return result ? { ...required, percent: Math.floor((result.points * 100) / result.maxPoints) } : [];
  });
}

/** The quizzes that a learner has to pass for the certificate of a course, as it is taken, in its order: practice is none. */
export const requiredQuizzes = ({ snapshot }: PublishedCourse): RequiredQuiz[] =>
  steps(snapshot).flatMap(step => (step.kind === 'quiz' ? (requiredQuiz(snapshot, step.quiz) ?? []) : []));

/** What one of those quizzes asks for; `isProvisional`: no panel has set its pass mark yet. */
interface RequiredQuestions {
  readonly title: string;
  readonly pass: number;
  readonly draw: number;
  readonly isProvisional: boolean;
}

/** How many questions of how many each of those quizzes asks for. It is shown to people, and never signed or stored. */
export const requiredQuestions = (course: PublishedCourse): RequiredQuestions[] =>
  requiredQuizzes(course).flatMap(({ id }) => {
    const rules = quizOf(course.snapshot, id);
    if (!rules) return [];
    const { title, pass, draw } = rules;
    return [
      { title: quizName(id, title, spoken), pass, draw, isProvisional: cutScore(rules).borderline === null },
    ];
  });

function requiredQuiz(snapshot: CourseSnapshot, name: string): RequiredQuiz | null {
  const rules = quizOf(snapshot, name);
  if (!rules || rules.practice) return null;
  return {
    id: name,
    title: quizName(name, rules.title, translator('en')),
    requiredPercent: Math.floor((rules.pass * 100) / rules.draw),
  };
}
