import { currentCourses } from '../../../../teaching/courses/catalogue.js';
import { formatMoment, formatTime } from '../../../../platform/i18n/i18n.js';
import { hereIn, spoken } from '../../../../platform/i18n/spoken.js';
import { listedName } from '../../../../people/organisations/people/member-words.js';
import { dayWords } from '../../../../people/organisations/day-words.js';
import type { AttendanceRow } from '../attendance/attendance-form.js';
import type { Earned } from '../hours/earned.js';
import { momentsOf } from './session-times.js';
import type { ListedPerson, SessionFacts, SignatureFacts } from './stored-sessions.js';

/** How a session stands, for whoever keeps it. */
export type SessionState = 'planned' | 'running' | 'to-sign' | 'signed' | 'withdrawn' | 'cancelled';

/** How a session stands at a moment (epoch ms). */
export function sessionState(session: SessionFacts, timeZone: string, now: number): SessionState {
  if (session.endedAt !== null) return session.signedAt === null ? 'cancelled' : 'withdrawn';
  if (session.signedAt !== null) return 'signed';
  const { start, end } = momentsOf(session, timeZone);
  return now < start ? 'planned' : now < end ? 'running' : 'to-sign';
}

/** Minutes as "2 h 30 min": exactly, since hours are what is asked for. */
export const hoursText = (minutes: number): string => {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return spoken('classroom.minutes', { minutes });
  return rest === 0
    ? spoken('classroom.hours', { hours })
    : spoken('classroom.hoursMinutes', { hours, minutes: rest });
};

/** Who teaches: a name, and of a visitor the number of the licence. */
export const instructorText = (session: SessionFacts): string =>
  session.visitorName === null
    ? (session.instructorName ?? '')
    : spoken('classroom.visitor', { name: session.visitorName, licence: session.visitorLicence ?? '' });

export const sessionTime = ({ day, time }: SessionFacts): string =>
  spoken('classroom.when', { day: dayWords(day), time });

/** The title of a course, by its slug. */
export async function courseTitles(): Promise<(slug: string) => string> {
  const titles = new Map((await currentCourses()).map(({ slug, snapshot }) => [slug, snapshot.title]));
  return slug => titles.get(slug) ?? slug;
}

/** What there is to know of a session, as labelled facts. */
export function sessionFacts(session: SessionFacts, title: string, needed: number | null) {
  const fact = (name: string, value: string | null) =>
    value === null ? [] : [{ label: spoken(`classroom.fact.${name}`), value }];
  return [
    ...fact('course', title),
    ...fact('when', sessionTime(session)),
    ...fact('hours', hoursText(session.minutes)),
    ...fact('place', session.place),
    ...fact('unit', session.unit ?? spoken('roles.whole')),
    ...fact('instructor', instructorText(session)),
    ...fact('control', session.controlNumber),
    ...fact('capacity', session.capacity === null ? null : String(session.capacity)),
    ...fact('needed', needed === null ? null : hoursText(needed)),
    ...fact('version', session.version === null ? null : String(session.version)),
  ];
}

/** Somebody on a list as a row shows them: name, number, where they work. */
export const listedValues = (person: ListedPerson) => ({
  id: person.membershipId,
  name: listedName(person),
  number: person.staffNumber ?? '',
  unit: person.unit ?? '',
});

/** A row of the form in which attendance is kept. */
export const formRow = ({ person, isPresent, minutes, points }: AttendanceRow, timeZone: string) => ({
  ...listedValues(person),
  ...{ isPresent, minutes, points: [...points] },
  came:
    person.cameAt === null
      ? ''
      : spoken('classroom.came', { at: formatTime(person.cameAt, hereIn(timeZone)) }),
});

/** What came of a session for one person who was there, as a tag. */
export function creditTag(earned: Earned | undefined) {
  if (earned?.isCredited)
    return { text: spoken('classroom.credit.yes'), kind: 'moss' as const, state: 'credited' };
  const why = earned?.why ?? 'minutes';
  const blanks = { total: hoursText(earned?.total ?? 0), needed: hoursText(earned?.needed ?? 0) };
  return { text: spoken(`classroom.credit.${why}`, blanks), kind: 'clay' as const, state: why };
}

/** A signature, re-stated: the words, the name, who was signed in, when, and the hashes. */
export const signatureValues = (signature: SignatureFacts, text: string, timeZone: string) => ({
  kind: signature.kind,
  title: spoken(`classroom.signature.${signature.kind}`, { number: signature.number }),
  statement: text,
  name: signature.signedName,
  reason: signature.reason,
  facts: [
    { label: spoken('classroom.signature.signer'), value: signature.signerName ?? '' },
    { label: spoken('classroom.signature.at'), value: formatMoment(signature.signedAt, hereIn(timeZone)) },
    {
      label: spoken('classroom.signature.statement'),
      value: `${signature.statement} · ${signature.statementHash}`,
      code: true,
    },
    { label: spoken('classroom.signature.record'), value: signature.recordHash, code: true },
  ],
});
