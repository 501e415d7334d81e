import { addressOf } from '../../accounts/people.js';
import { countedMinutes } from '../../courses/cards.js';
import { courseVersion, type PublishedCourse } from '../../courses/catalogue.js';
import type { CourseSnapshot } from '../../courses/content/snapshot.js';
import { rows } from '../../db/rows.js';
import { translator } from '../../i18n/i18n.js';
import { FINAL } from '../../learning/completion.js';
import type { CycleFacts } from '../../learning/enrolments.js';
import { confirmedName } from '../../learning/naming.js';
import { newId } from '../../lib/ids.js';
import { findOrganisation, type OrganisationFacts } from '../../organisations/memberships.js';
import { passedResults } from '../../quizzes/attempts/attempts.js';
import { quizOf } from '../../quizzes/quiz.js';
import type { Issuer } from '../issuer/issuer.js';
import { randomPlace } from '../status-lists/status-lists.js';
import { previousEndOf } from './previous-expiry.js';
import { computeExpiry } from './validity.js';
import type { AchievedCourse, RequiredQuiz } from '../../open-badges/achievement.js';
import type { AwardFacts } from '../../open-badges/credential.js';

/** What a certificate says and where its row belongs. */
export interface NewAward {
  readonly code: string;
  readonly cycle: Pick<CycleFacts, 'id' | 'organisationId' | 'userId' | 'courseVersionId'>;
  readonly facts: AwardFacts;
}

/**
 * Write an award: not signed yet. False when there is one of this round already, or the place in the list was
 * taken a moment ago; only the caller can tell which.
 */
export async function insertAward({ code, cycle, facts }: NewAward, now: number): Promise<boolean> {
  const made = await rows(
    `insert into certificates (id, code, organisation_id, user_id, cycle_id, course_version_id, holder_name, facts,
       status_list_id, status_index, awarded_at, valid_until, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict do nothing returning id`,
    [
      facts.credentialId,
      code,
      cycle.organisationId,
      cycle.userId,
      cycle.id,
      cycle.courseVersionId,
      facts.name,
      JSON.stringify(facts),
      facts.statusList.id,
      facts.statusList.index,
      facts.awardedAt,
      facts.validUntil,
      now,
    ],
  );
  return made.length > 0;
}

/** Everything that the certificate of a round is to say, read once, at the award. */
export async function gatherFacts(cycle: CycleFacts, issuer: Issuer, now: number): Promise<AwardFacts> {
  const course = await courseVersion(cycle.courseVersionId);
  const organisation = await findOrganisation(cycle.organisationId);
  const holder = await addressOf(cycle.userId);
  if (!organisation || !holder || !cycle.completedAt) throw new Error(`Round ${cycle.id} lacks its parts`);
  const { timeZone } = organisation;
  const validity = { rule: course.snapshot.validity, previousEnd: await previousEndOf(cycle, timeZone) };
  return {
    credentialId: newId(),
    subjectId: newId(),
    // Rounds whose last quiz began before names were confirmed have none.
    name: (await confirmedName(cycle.id))?.name ?? holder.name,
    course: describeCourse(course),
    organisationName: organisation.name,
    awardedAt: cycle.completedAt,
    validUntil: computeExpiry({ completedAt: cycle.completedAt, timeZone, ...validity }).validUntil,
    validity,
    modules: await moduleResults(cycle.id, course),
    minutes: countedMinutes(course.snapshot),
    assurance: assuranceOf(organisation),
    timeZone,
    baseUrl: issuer.baseUrl,
    issuerName: issuer.name,
    statusList: await randomPlace(now),
  };
}

/** A version of a course in the words of its certificates. */
export const describeCourse = ({ snapshot, number }: PublishedCourse): AchievedCourse => ({
  slug: snapshot.slug,
  title: snapshot.title,
  summary: snapshot.summary,
  version: number,
  criteria: snapshot.criteria,
  ...(snapshot.certificate && { certificate: snapshot.certificate }),
  supports: snapshot.supports ?? [],
});

/**
 * The results of a round as a certificate prints them, in the order of the course. Percentages are rounded down: a
 * certificate never says more than was reached.
 */
export async function moduleResults(
  cycleId: string,
  course: PublishedCourse,
): Promise<AwardFacts['modules']> {
  const passed = new Map((await passedResults(cycleId)).map(result => [result.quiz, result]));
  return requiredQuizzes(course).flatMap(required => {
    const result = passed.get(required.id);
    return result ? { ...required, percent: Math.floor((result.points * 100) / result.maxPoints) } : [];
  });
}

/** Every quiz that has to be passed for the certificate of a course version, in the order of the course. */
export const requiredQuizzes = ({ snapshot }: PublishedCourse): RequiredQuiz[] =>
  [...snapshot.modules.map(({ slug }) => slug), FINAL].flatMap(name => requiredQuiz(snapshot, name) ?? []);

/** What each of them asked for, for people who read of it: how many questions right of how many. Never signed or stored. */
export const requiredQuestions = (course: PublishedCourse): { title: string; pass: number; draw: number }[] =>
  requiredQuizzes(course).flatMap(({ id, title }) => {
    const rules = quizOf(course.snapshot, id);
    return rules ? [{ title, pass: rules.pass, draw: rules.draw }] : [];
  });

function requiredQuiz(snapshot: CourseSnapshot, name: string): RequiredQuiz | null {
  const rules = quizOf(snapshot, name);
  return (
    rules && {
      id: name,
      title: name === FINAL ? translator('en')('course.final') : rules.title,
      requiredPercent: Math.floor((rules.pass * 100) / rules.draw),
    }
  );
}

/** Who vouches for the name: an employer that enrolled the person, or, in the open organisation, only the person. */
const assuranceOf = ({ kind }: OrganisationFacts): AwardFacts['assurance'] =>
  kind === 'open' ? 'holder' : 'employer';
