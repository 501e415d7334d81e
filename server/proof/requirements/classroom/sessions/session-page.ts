import { spoken } from '../../../../platform/i18n/spoken.js';
import { organisationHead } from '../../../../people/organisations/organisation-tabs.js';
import { listedName } from '../../../../people/organisations/people/member-words.js';
import { courseHoursOf } from '../hours/course-hours.js';
import { sessionsHome, signerOf, type OpenSession } from './open-session.js';
import { earnedIn } from '../hours/session-credits.js';
import {
  courseTitles,
  creditTag,
  hoursText,
  listedValues,
  sessionFacts,
  sessionState,
  signatureValues,
} from './session-values.js';
import { isAmongThem } from '../signing/sign-sessions.js';
import { changesBetween, type RecordChange, type SignedRecord } from '../signing/signed-record.js';
import { statementCalled } from '../signing/statements.js';
import { peopleOf, signaturesOf, type ListedPerson, type SignatureFacts } from './stored-sessions.js';

/** One session: what it is, what can be done with it, who was there, and what was signed. */
export async function sessionPage(open: OpenSession, now: number) {
  const { session, organisation, actor, home } = open;
  const state = sessionState(session, organisation.timeZone, now);
  const titleOf = await courseTitles();
  const asked = (await courseHoursOf(organisation.id)).get(session.courseSlug) ?? null;
  const needed = session.signedAt === null ? asked : session.neededMinutes;
  const people = await peopleOf(session.id);
  return {
    organisation: organisationHead(organisation, actor),
    back: sessionsHome(organisation.id),
    title: titleOf(session.courseSlug),
    ...{ state, stateText: spoken(`classroom.state.${state}`) },
    facts: sessionFacts(session, titleOf(session.courseSlug), needed),
    points: session.points,
    ...(await stepsOf(open, state)),
    counts: spoken('classroom.counts', { listed: session.listed, present: session.present }),
    people: await peopleRows(open, people),
    columns: columnsOf(session.points.length > 0, session.signedAt !== null),
    signatures: signaturesShown(await signaturesOf(session.id), people, organisation.timeZone),
    home,
  };
}

/** What the reader can do next. `own`: they were there, so somebody else signs. */
async function stepsOf(open: OpenSession, state: string) {
  const { session, home, actor } = open;
  const signer = signerOf(open, session);
  const isOn = ['planned', 'running', 'to-sign'].includes(state);
  const isOwn = signer !== null && (await isAmongThem(session.id, actor.id));
  const step = (is: boolean, path: string) => (is ? `${home}/${path}` : null);
  return {
    attendanceHref: step(isOn, 'attendance'),
    peopleHref: step(isOn || state === 'signed', 'people'),
    sheetHref: step(state !== 'cancelled', 'sheet'),
    codeHref: step(isOn, 'code'),
    changeHref: step(isOn, 'change'),
    cancelHref: step(isOn, 'cancellation'),
    signHref: step(isOn && state !== 'planned' && signer !== null && !isOwn, 'signature'),
    correctHref: step(state === 'signed' && signer !== null && !isOwn, 'correction'),
    withdrawHref: step(state === 'signed' && signer !== null && !isOwn, 'withdrawal'),
    signNote: isOwn
      ? ('own' as const)
      : isOn && state !== 'planned' && signer === null
        ? ('others' as const)
        : null,
  };
}

const columnsOf = (hasPoints: boolean, isSigned: boolean) => [
  { label: spoken('classroom.person') },
  { label: spoken('classroom.fact.unit') },
  { label: spoken('classroom.attendance') },
  { label: spoken('classroom.served'), isNumber: true },
  ...(hasPoints ? [{ label: spoken('classroom.points'), isNumber: true }] : []),
  ...(isSigned ? [{ label: spoken('classroom.fact.credit') }] : []),
];

async function peopleRows({ session, organisation }: OpenSession, people: readonly ListedPerson[]) {
  const ids = people.map(({ membershipId }) => membershipId);
  const isSigned = session.signedAt !== null;
  const earned = await earnedIn(organisation.id, session.courseSlug, isSigned ? ids : []);
  const shown = people.filter(({ state }) => isSigned || state !== 'absent');
  return shown.map(person => {
    const isHere = person.state === 'present';
    const tag = creditTag(earned.get(person.membershipId)?.get(session.id));
    const [minutes, points] = [person.minutes ?? session.minutes, person.pointsDone.length];
    return [
      { text: listedValues(person).name, isName: true },
      { text: person.unit ?? '', isName: true },
      { tag: presenceTag(person.state) },
      { text: isHere ? hoursText(minutes) : '' },
      ...(session.points.length > 0 ? [{ text: isHere ? `${points}/${session.points.length}` : '' }] : []),
      ...(isSigned ? [isHere && session.endedAt === null ? { tag } : { text: '' }] : []),
    ];
  });
}

const presenceTag = (state: ListedPerson['state']) => ({
  text: spoken(`classroom.presence.${state}`),
  kind: state === 'present' ? ('moss' as const) : state === 'absent' ? ('clay' as const) : null,
  state,
});

/** The signatures, the newest first; of each but the first, what it changed. */
function signaturesShown(all: readonly SignatureFacts[], people: readonly ListedPerson[], timeZone: string) {
  const names = new Map(people.map(each => [each.membershipId, listedName(each)]));
  const record = ({ record: json }: SignatureFacts) => JSON.parse(json) as SignedRecord;
  return all
    .map((signature, at) => {
      const before = all[at - 1];
      const changes = before ? changesBetween(record(before), record(signature)) : [];
      return {
        ...signatureValues(signature, statementCalled(signature.statement).text, timeZone),
        changes: changes.map(change => changeText(change, names)),
      };
    })
    .reverse();
}

const changeText = (
  { kind, membershipId, minutes, points }: RecordChange,
  names: ReadonlyMap<string, string>,
) =>
  spoken(`classroom.change.${kind}`, {
    name: names.get(membershipId) ?? '',
    minutes: hoursText(minutes),
    points,
  });
