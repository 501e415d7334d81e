import type { LoggedEvent } from '../../../platform/events/event-log.js';
import { formatMoment, type Place } from '../../../platform/i18n/i18n.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import type { LogReader, PersonInLog } from './log-reader.js';

/** Through whose eyes an event is read, and the people whom it names, by the id that stands in it. */
interface Eyes {
  readonly people: ReadonlyMap<string, PersonInLog>;
  readonly place: Place;
  readonly reader: LogReader;
}

/** The facts of an event by their names: ids and plain values. */
type Facts = Readonly<Record<string, unknown>>;

/** The ids of everybody whom these events name: who acted, and whom it concerned. */
export const peopleIn = (events: readonly LoggedEvent[]): string[] => [
  ...new Set(events.flatMap(event => [event.actorId, subjectIn(factsOf(event))].filter(id => id !== null))),
];

/** An event in words, as a row of the log. Scores stay out: they are for the person alone, and for packs. */
export function loggedRow(event: LoggedEvent, { people, place, reader }: Eyes) {
  const facts = factsOf(event);
  const subject = subjectIn(facts);
  return {
    number: Number(event.seq),
    what: whatWasDone(event.name),
    when: formatMoment(Number(event.createdAt), place),
    // Without an actor the program did it by itself.
    by: event.actorId === null ? { text: spoken('admin.system') } : cellOf(people.get(event.actorId)),
    about: subject === null || people.get(subject)?.id === event.actorId ? null : cellOf(people.get(subject)),
    objects: objectsIn(facts, event.organisationId, reader),
    recorded: reader.seesFacts ? factsText(facts) : null,
  };
}

/** A name of before, which has no words any more, stands for itself. */
export function whatWasDone(name: string): string {
  const text = spoken(`eventLog.event.${name}`);
  return text.startsWith('eventLog.') ? name : text;
}

/** What was recorded, as JSON; without a score. */
export const factsText = (facts: Facts): string => JSON.stringify({ ...facts, points: undefined });

export const factsOf = ({ payload }: LoggedEvent): Facts => JSON.parse(payload) as Facts;

/** Whom an event concerns: a person, or the cycle of one. */
export const subjectIn = ({ userId, cycleId }: Facts): string | null =>
  typeof userId === 'string' ? userId : typeof cycleId === 'string' ? cycleId : null;

/** A person with their page; whoever is not known any more has no name. */
const cellOf = (person: PersonInLog | undefined) =>
  person ? { text: person.name, href: person.href } : { text: spoken('eventLog.unknown') };

/** Pages of what an event is about, where administrators have one. */
function objectsIn(facts: Facts, organisationId: string | null, { certificateHref }: LogReader) {
  const { certificateId, requirementId, membershipId, courseSlug, file, rows } = facts;
  const home = organisationId && `/organisations/${organisationId}`;
  const of = (
    id: unknown,
    href: (id: string) => string | null,
    key: 'certificate' | 'requirement' | 'member',
  ) => {
    const address = typeof id === 'string' ? href(id) : null;
    return address === null ? [] : [{ href: address, text: spoken(`eventLog.object.${key}`) }];
  };
  return [
    ...of(certificateId, certificateHref, 'certificate'),
    ...of(requirementId, id => home && `${home}/requirements/${id}`, 'requirement'),
    ...of(membershipId, id => home && `${home}/people/${id}`, 'member'),
    ...(typeof file === 'string' ? [{ href: null, text: fileText(file, rows) }] : []),
    ...(typeof courseSlug === 'string' ? [{ href: null, text: courseSlug }] : []),
  ];
}

/** Which file left, and with how many records. */
const fileText = (file: string, rows: unknown): string =>
  typeof rows === 'number'
    ? spoken('eventLog.fileRows', { file: spoken(`eventLog.file.${file}`), count: rows })
    : spoken(`eventLog.file.${file}`);
