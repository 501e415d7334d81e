import { certificateState } from '../../../certificates/lifecycle/certificate-state.js';
import { findCertificate } from '../../../certificates/queries.js';
import { courseByNumber, courseVersion } from '../../../../teaching/courses/catalogue.js';
import { formatDate, formatMoment } from '../../../../platform/i18n/i18n.js';
import { hereIn, spoken } from '../../../../platform/i18n/spoken.js';
import { dayOf } from '../../../../platform/lib/days.js';
import { displayCode } from '../../../../platform/lib/ids.js';
import { dayWords } from '../../../../people/organisations/day-words.js';
import { quizNameIn } from '../../../../teaching/quizzes/quiz-name.js';
import { ruleWordsOf } from '../../../requirements/rules/rule-words.js';
import { approvalsKnownAt, isInForce } from '../../rules/approvals.js';
import type { OpenRoom } from '../open-room.js';
import type { RoomMember } from '../sealing/room-people.js';
import {
  attemptsIn,
  signedOfCycles,
  creditsOfMember,
  cyclesIn,
  voidsNow,
  type CreditOfMember,
  type CycleIn,
} from './learned-rows.js';
import { otherEndText, type CountedCompletion } from './other-ends.js';
import { certifierText, sessionText } from './taught-in-room.js';

/** Of which courses; how the requirements of the room count what was completed; and when they were hired. */
interface Learned {
  readonly hiredOn: string | null;
  readonly courses: readonly string[];
  readonly counted: readonly CountedCompletion[];
}

/** What one person of a room completed: credits, and each cycle with its attempts and certificates. All of it, whatever the period. */
export async function learned(
  open: OpenRoom,
  { membershipId, userId }: RoomMember,
  { courses, counted, hiredOn }: Learned,
) {
  const cycles = userId === null ? [] : await cyclesIn(open.room.organisationId, userId, courses);
  const ids = cycles.map(({ id }) => id);
  const [attempts, certificates] = [await attemptsIn(ids), await signedOfCycles(ids)];
  const of = <R extends { cycleId: string }>(all: readonly R[], { id }: CycleIn) =>
    all.filter(each => each.cycleId === id);
  const credits = await creditsOfMember(membershipId, courses);
  const countedOf = ({ id }: CycleIn) => {
    const credit = credits.find(({ source, sourceId }) => source === 'cycle' && sourceId === id);
    return counted.filter(({ cover }) => cover.creditId === credit?.id);
  };
  return {
    credits: await creditsIn(open, credits, hiredOn),
    cycles: await Promise.all(
      cycles.map(async cycle => ({
        ...(await cycleValues(open, cycle)),
        attempts: await Promise.all(of(attempts, cycle).map(each => attemptValues(open, each))),
        certificates: await Promise.all(
          of(certificates, cycle).map(each => certificateValues(open, each, countedOf(cycle))),
        ),
      })),
    ),
  };
}

async function creditsIn(open: OpenRoom, found: readonly CreditOfMember[], hiredOn: string | null) {
  const { room, home } = open;
  const voids = await voidsNow(found.map(({ id }) => id));
  const { courseTitle } = await ruleWordsOf(room.organisationId, room.lastDay);
  const approvals = await approvalsKnownAt(room.organisationId, open.now);
  const valuesOf = async (credit: CreditOfMember) => ({
    course: courseTitle(credit.courseSlug),
    version: await versionValues(home, credit),
    day: dayWords(credit.completedOn),
    source: spoken(`room.source.${credit.source}`),
    session: sessionText(credit),
    certifier: certifierText(room, credit),
    beforeHire:
      hiredOn !== null && credit.completedOn < hiredOn
        ? spoken('room.history.beforeHire', { day: dayWords(hiredOn) })
        : null,
    isLate: Number(credit.recordedAt) > room.knownAt,
    approvals: approvals
      .filter(each => isInForce(each, { ...credit, day: credit.completedOn }))
      .map(({ authority, number }) => spoken('room.approved', { authority, number })),
    voids: voids
      .filter(({ creditId }) => creditId === credit.id)
      .map(({ because, fromDay }) =>
        spoken('room.voided', { why: spoken(`room.void.${because}`), from: dayWords(fromDay) }),
      ),
  });
  return Promise.all(found.map(valuesOf));
}

/** The version that was completed, with what it teaches; null: of no version of ours. */
async function versionValues(home: string, { courseSlug, version }: CreditOfMember) {
  const course = version === null ? null : await courseByNumber(courseSlug, version);
  return (
    course && {
      text: spoken('room.history.syllabus', { version: spoken('room.version', { number: course.number }) }),
      href: `${home}/courses/${course.versionId}`,
    }
  );
}

async function cycleValues({ room, home }: OpenRoom, cycle: CycleIn) {
  const { snapshot, number } = await courseVersion(cycle.courseVersionId);
  const place = hereIn(room.timeZone);
  return {
    title: cycleTitle(cycle, spoken('room.cycle', { number: cycle.number, course: snapshot.title }), room),
    because: spoken(`room.because.${cycle.because}`),
    path: spoken(`room.path.${cycle.path}`),
    opened: formatDate(Number(cycle.openedAt), place),
    version: {
      text: spoken('room.history.syllabus', { version: spoken('room.version', { number }) }),
      href: `${home}/courses/${cycle.courseVersionId}`,
    },
  };
}

/** A cycle with what came of it: completed, left, or neither. */
function cycleTitle(
  { completedAt, leftBecause }: CycleIn,
  cycle: string,
  { timeZone }: OpenRoom['room'],
): string {
  if (completedAt !== null)
    return spoken('room.cycleState.completed', {
      ...{ cycle, on: formatDate(Number(completedAt), hereIn(timeZone)) },
    });
  return leftBecause
    ? spoken('room.cycleState.left', { cycle, left: spoken(`room.history.left.${leftBecause}`) })
    : spoken('room.cycleState.open', { cycle });
}

/** The lower ends of the bands in which a score is shown. */
const BANDS = [0.85, 0.7, 0.5, 0];

/** When, which and whether it was passed; the score as a band, or exactly where the room says so. Never an answer. */
async function attemptValues({ room }: OpenRoom, attempt: Awaited<ReturnType<typeof attemptsIn>>[number]) {
  const { courseVersionId, quiz, number, startedAt, submittedAt, points, maxPoints, passed } = attempt;
  const share = points === null || !maxPoints ? null : points / maxPoints;
  return {
    quiz: await quizNameIn([courseVersionId], quiz, spoken),
    number,
    when: formatMoment(Number(submittedAt ?? startedAt), hereIn(room.timeZone)),
    state: submittedAt === null ? 'open' : passed ? 'passed' : 'failed',
    score:
      share === null ? null : room.withScores ? spoken('numbers.percent', { value: share }) : band(share),
  };
}

const band = (share: number): string =>
  spoken(`person.band.${Math.round((BANDS.find(end => share >= end) ?? 0) * 100)}`);

/**
 * A certificate, with why a requirement counts it until another day; and with the address that verifies it, where the room shows
 * names: that page says the holder's.
 */
async function certificateValues(
  { room, now }: OpenRoom,
  { id, sha256, erasedSha256 }: Awaited<ReturnType<typeof signedOfCycles>>[number],
  counted: readonly CountedCompletion[],
) {
  const found = await findCertificate(id);
  const place = hereIn(room.timeZone);
  const state = found ? certificateState(found, now) : 'cannot-tell';
  return {
    state,
    stateText: spoken(`state.${state === 'cannot-tell' ? 'cannotTell' : state}`),
    issued: found?.issuedAt ? formatDate(found.issuedAt, place) : null,
    until: found?.validUntil ? formatDate(found.validUntil, place) : null,
    otherEnds: found ? counted.flatMap(each => otherEndText(each, lastDayOf(found, room)) ?? []) : [],
    key: found?.keyId ?? null,
    sha256: erasedSha256 ?? sha256,
    isErased: erasedSha256 !== null,
    verify:
      room.shows === 'names' && found && erasedSha256 === null ? `/verify/${displayCode(found.code)}` : null,
  };
}

/** In days of the organisation, as its requirements count; null: no end. */
const lastDayOf = ({ validUntil }: { validUntil: number | null }, { timeZone }: OpenRoom['room']) =>
  validUntil === null ? null : dayOf(validUntil, timeZone);
