import { eventsBefore, type LoggedEvent, type LogFilter } from '../../../platform/events/event-log.js';
import type { CsvColumn, CsvTable, Cell } from '../../../platform/lib/text/csv.js';
import { factsOf, factsText, peopleIn, subjectIn, whatWasDone } from './logged-row.js';
import type { LogReader, PersonInLog } from './log-reader.js';

/** Events that are read at a time. */
const PART = 500;

const COLUMNS: readonly CsvColumn[] = [
  { name: 'number', type: 'integer', says: 'Position in the log. A complete log has no gaps.' },
  { name: 'recorded at', type: 'dateTime' },
  { name: 'event', type: 'string', says: 'A code that never changes.' },
  { name: 'action', type: 'string', says: 'The event in words.' },
  {
    name: 'by',
    type: 'string',
    says: 'Who did it. Empty if the program did it automatically, or the person is unknown.',
  },
  { name: 'by id', type: 'string' },
  { name: 'about', type: 'string', says: 'The person it was about.' },
  { name: 'about id', type: 'string', says: 'The id of an account, or of a cycle of a course.' },
];

const FACTS: CsvColumn = {
  name: 'facts',
  type: 'string',
  says: 'The recorded details as JSON, without scores.',
};

/** A log as a file, newest first: what the filter leaves of it before the number `before`. */
export function eventLogTable(
  chain: string,
  { before, filter }: { before: number; filter: LogFilter },
  reader: LogReader,
): CsvTable {
  return {
    columns: reader.seesFacts ? [...COLUMNS, FACTS] : COLUMNS,
    parts: partsOf(chain, { before, filter }, reader),
  };
}

async function* partsOf(
  chain: string,
  { before, filter }: { before: number; filter: LogFilter },
  reader: LogReader,
) {
  for (let next: number | null = before; next !== null;) {
    const page: Awaited<ReturnType<typeof eventsBefore>> = await eventsBefore(chain, next, filter, PART);
    const people = await reader.named(peopleIn(page.events));
    yield page.events.map(event => record(event, people, reader));
    next = page.next;
  }
}

function record(event: LoggedEvent, people: ReadonlyMap<string, PersonInLog>, reader: LogReader): Cell[] {
  const facts = factsOf(event);
  const subject = subjectIn(facts);
  const known = (id: string | null): Cell[] => {
    const person = id === null ? undefined : people.get(id);
    return [person?.name ?? null, reader.seesFacts || person ? id : null];
  };
  return [
    Number(event.seq),
    new Date(Number(event.createdAt)).toISOString(),
    event.name,
    whatWasDone(event.name),
    ...known(event.actorId),
    ...known(subject),
    ...(reader.seesFacts ? [factsText(facts)] : []),
  ];
}
