import { addressOf } from '../accounts/people.js';
import { courseMinutes } from '../courses/cards.js';
import { courseVersion, type PublishedCourse } from '../courses/catalogue.js';
import { row, rows } from '../db/rows.js';
import { inTransaction } from '../db/transaction.js';
import { record } from '../events/record.js';
import { translator } from '../i18n/i18n.js';
import { FINAL } from '../learning/completion.js';
import { findCycle, type CycleFacts } from '../learning/enrolments.js';
import { newCode, newId } from '../lib/ids.js';
import { findOrganisation, type OrganisationFacts } from '../organisations/memberships.js';
import { passedResults } from '../quizzes/attempts.js';
import { quizOf } from '../quizzes/quiz.js';
import type { Issuer } from './issuer.js';
import { currentList, randomPlace } from './status-lists.js';
import { validUntil } from './validity.js';
import { buildCredential, type AwardFacts } from './vc/credential.js';
import { signCredential } from './vc/issue.js';
import { verifyCredential } from './vc/verify.js';

/**
 * Issue the certificate of a round that is complete. Twice is once: the award is unique for the round, the
 * signing for the award. A crash in between leaves an award that the next try signs.
 */
export async function issueIfEarned(cycleId: string, issuer: Issuer, now: number): Promise<void> {
  const id = await award(cycleId, issuer, now);
  if (id) await sign(id, issuer, now);
}

/** Fix what the certificate says: name, results, dates, number, place in the status list. Null when not earned. */
function award(cycleId: string, issuer: Issuer, now: number): Promise<string | null> {
  return inTransaction(async () => {
    const cycle = await findCycle(cycleId);
    if (!cycle?.completedAt) return null;
    const existing = await certificateOfCycle(cycleId);
    if (existing) return existing;
    const id = newId();
    const facts = await gatherFacts(id, cycle, issuer, now);
    const [made] = await rows(
      `insert into certificates (id, code, organisation_id, user_id, cycle_id, course_version_id, holder_name, facts,
         status_list_id, status_index, awarded_at, valid_until, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict do nothing returning id`,
      [
        id,
        newCode(),
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
    // Another worker was faster, or the place in the list was taken: look again, from the start.
    if (!made) return award(cycleId, issuer, now);
    const payload = { certificateId: id, cycleId, userId: cycle.userId };
    await record('certificate.awarded', payload, {
      actorId: null,
      organisationId: cycle.organisationId,
      now,
    });
    return id;
  });
}

const certificateOfCycle = async (cycleId: string): Promise<string | null> =>
  (await row<{ id: string }>('select id from certificates where cycle_id = $1', [cycleId]))?.id ?? null;

/** Sign, check our own signature as a stranger would, keep the exact bytes. Only then is it issued. */
async function sign(id: string, issuer: Issuer, now: number): Promise<void> {
  const found = await row<{ facts: string; userId: string; organisationId: string; issuedAt: number | null }>(
    `select facts, user_id as "userId", organisation_id as "organisationId", issued_at as "issuedAt"
     from certificates where id = $1`,
    [id],
  );
  if (!found || found.issuedAt !== null) return;
  const facts = JSON.parse(found.facts) as AwardFacts;
  const { text, sha256 } = await signCredential({ ...issuer, credential: buildCredential(facts), now });
  const list = await currentList(facts.statusList.id, issuer, now);
  const { verdict, reasons } = await verifyCredential({
    text,
    didDocument: issuer.document,
    now,
    statusList: list?.content ?? null,
    expectSha256: sha256,
  });
  if (verdict !== 'valid')
    throw new Error(`A certificate did not verify after signing: ${reasons.join(', ')}`);
  await inTransaction(async () => {
    const [first] = await rows(
      `update certificates set credential = $1, sha256 = $2, key_id = $3, issued_at = $4
       where id = $5 and issued_at is null returning id`,
      [text, sha256, issuer.keyId, now, id],
    );
    if (!first) return;
    const payload = { certificateId: id, userId: found.userId, sha256, keyId: issuer.keyId };
    await record('certificate.issued', payload, {
      actorId: null,
      organisationId: found.organisationId,
      now,
    });
  });
}

async function gatherFacts(id: string, cycle: CycleFacts, issuer: Issuer, now: number): Promise<AwardFacts> {
  const course = await courseVersion(cycle.courseVersionId);
  const organisation = await findOrganisation(cycle.organisationId);
  const holder = await addressOf(cycle.userId);
  if (!organisation || !holder || !cycle.completedAt) throw new Error(`Round ${cycle.id} lacks its parts`);
  return {
    credentialId: id,
    subjectId: newId(),
    name: holder.name,
    course: describeCourse(course),
    organisationName: organisation.name,
    awardedAt: cycle.completedAt,
    validUntil: validUntil(cycle.completedAt, course.snapshot.validity, organisation.timeZone),
    modules: await moduleResults(cycle.id, course),
    minutes: courseMinutes(course.snapshot),
    assurance: assuranceOf(organisation),
    baseUrl: issuer.baseUrl,
    issuerName: issuer.name,
    statusList: await randomPlace(now),
  };
}

const describeCourse = ({ snapshot, number }: PublishedCourse): AwardFacts['course'] => ({
  slug: snapshot.slug,
  title: snapshot.title,
  summary: snapshot.summary,
  version: number,
  criteria: snapshot.criteria,
});

/** Percentages are rounded down: a certificate never says more than was reached. */
async function moduleResults(cycleId: string, { snapshot }: PublishedCourse): Promise<AwardFacts['modules']> {
  const results = await passedResults(cycleId);
  return results.flatMap(({ quiz, points, maxPoints }) => {
    const rules = quizOf(snapshot, quiz);
    if (!rules) return [];
    return {
      id: quiz,
      title: quiz === FINAL ? translator('en')('course.final') : rules.title,
      percent: Math.floor((points * 100) / maxPoints),
      requiredPercent: Math.floor((rules.pass * 100) / rules.draw),
    };
  });
}

/** Who vouches for the name: an employer that enrolled the person, or, in the open organisation, only the person. */
const assuranceOf = ({ kind }: OrganisationFacts): AwardFacts['assurance'] =>
  kind === 'open' ? 'holder' : 'employer';
