import { eventsBefore } from '../../../platform/events/event-log.js';
import type { Place } from '../../../platform/i18n/i18n.js';
import { loggedRow, peopleIn } from './logged-row.js';
import {
  answerable,
  isNarrowed,
  parametersOf,
  selectsFor,
  type Answerable,
  type LogQuestion,
} from './log-question.js';
import type { LogReader } from './log-reader.js';

/** Rows on one page. */
const PAGE = 50;

/** A log, its address, and who looks at it where. */
export interface LogView {
  readonly chain: string;
  readonly title: string;
  readonly home: string;
  /** What every address of this log must say besides the question. */
  readonly kept: Readonly<Record<string, string>>;
  readonly reader: LogReader;
  readonly place: Place;
}

/** What was recorded, in words, newest first, narrowed to what was asked. */
export async function eventLogPage(view: LogView, asked: LogQuestion) {
  const { chain, title, home, kept, reader, place } = view;
  const answer = await answerable(chain, asked, { reader, zone: place.timeZone });
  const { events, next } = await read(chain, answer);
  const people = await reader.named(peopleIn(events));
  return {
    title,
    home,
    events: events.map(event => loggedRow(event, { people, place, reader })),
    selects: selectsFor(asked, reader),
    ...{ person: asked.person, object: asked.object, since: asked.since, until: asked.until },
    errors: answer.ok ? {} : answer.errors,
    isFiltered: isNarrowed(asked),
    isPart: next !== null && events.length < PAGE,
    next: next === null ? null : addressOf(home, asked, { ...kept, before: String(next) }),
    file: answer.ok ? addressOf(`${home}.csv`, asked, kept) : null,
  };
}

const read = (chain: string, answer: Answerable) =>
  answer.ok
    ? eventsBefore(chain, answer.before, answer.filter, PAGE)
    : Promise.resolve({ events: [], next: null });

function addressOf(path: string, asked: LogQuestion, more: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams([...Object.entries(more), ...parametersOf(asked)]).toString();
  return query === '' ? path : `${path}?${query}`;
}
