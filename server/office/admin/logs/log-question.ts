import { endOfChain } from '../../../platform/events/chains.js';
import { namesOfKind } from '../../../platform/events/declared-events.js';
import { LOG_KINDS, type LogKind } from '../../../platform/events/event.js';
import { numberAt, type LogFilter } from '../../../platform/events/event-log.js';
import type { EventName } from '../../../platform/events/event-payloads.js';
import { typed, typedDay } from '../../../platform/http/forms.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { dayFrom, daysAfter, endOfDay, type DayParts } from '../../../platform/lib/days.js';
import { isId } from '../../../platform/lib/ids.js';
import { parseInteger } from '../../../platform/lib/numbers.js';
import type { LogReader } from './log-reader.js';

/** What an address asks of a log, as typed; unknown words narrow nothing. `before`: the number before which the page begins. */
export interface LogQuestion {
  readonly kind: LogKind | '';
  readonly event: EventName | '';
  readonly person: string;
  readonly object: string;
  readonly since: DayParts;
  readonly until: DayParts;
  readonly before: number | null;
}

export function questionIn(query: unknown): LogQuestion {
  const kind = LOG_KINDS.find(word => word === typed(query, 'kind')) ?? '';
  return {
    kind,
    event: namesOfKind(kind).find(name => name === typed(query, 'event')) ?? '',
    person: typed(query, 'person').trim(),
    object: typed(query, 'object').trim(),
    since: typedDay(query, 'since'),
    until: typedDay(query, 'until'),
    before: parseInteger(typed(query, 'before'), { min: 1, max: Number.MAX_SAFE_INTEGER }),
  };
}

/** The question as the log answers it, or what has to be corrected. */
export type Answerable =
  | { readonly ok: true; readonly filter: LogFilter; readonly before: number }
  | { readonly ok: false; readonly errors: Record<string, string> };

/** What a question means in a log: numbers instead of days, ids instead of a person. */
export async function answerable(
  chain: string,
  asked: LogQuestion,
  { reader, zone }: { reader: LogReader; zone: string },
): Promise<Answerable> {
  const [since, until] = [dayFrom(asked.since), dayFrom(asked.until)];
  const person = asked.person === '' ? null : await reader.idsOf(asked.person);
  const errors = {
    ...(since === null ? { since: spoken('eventLog.wrongDay') } : {}),
    ...(until === null ? { until: spoken('eventLog.wrongDay') } : {}),
    ...(person?.length === 0 ? { person: spoken('eventLog.wrongPerson') } : {}),
    ...(asked.object === '' || isId(asked.object) ? {} : { object: spoken('eventLog.wrongObject') }),
  };
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  const last = Number((await endOfChain(chain)).seq);
  const first = since ? await numberAt(chain, startOf(since, zone), last) : 1;
  const end = until ? await numberAt(chain, endOf(until, zone), last) : last + 1;
  return {
    ok: true,
    before: Math.min(asked.before ?? end, end),
    filter: {
      names: namesIn(asked).filter(name => !reader.without.includes(name)),
      without: reader.without,
      ids: person ?? [],
      about: asked.object || null,
      from: first,
    },
  };
}

/** None: all, of which there are too many to name. */
const namesIn = ({ event, kind }: LogQuestion): EventName[] =>
  event ? [event] : kind ? namesOfKind(kind) : [];

/** The first moment after a day in a zone (epoch ms). */
const endOf = (day: string, zone: string): number => (endOfDay(day, zone) ?? 0) + 1;

const startOf = (day: string, zone: string): number => endOf(daysAfter(day, -1), zone);

/** Whether anything narrows the log. */
export const isNarrowed = ({ before: _, since, until, ...asked }: LogQuestion): boolean =>
  [asked, { ...since }, { ...until }].some(part => Object.values<string>(part).some(Boolean));

/** The question as parameters of an address, without where its page begins. */
export function parametersOf({ before: _, since, until, ...asked }: LogQuestion): URLSearchParams {
  const pairs = [
    ...Object.entries<string>(asked),
    ...Object.entries<string>({ ...since }).map(([part, value]): [string, string] => [
      `since-${part}`,
      value,
    ]),
    ...Object.entries<string>({ ...until }).map(([part, value]): [string, string] => [
      `until-${part}`,
      value,
    ]),
  ];
  return new URLSearchParams(pairs.filter(([, value]) => value !== ''));
}

/** The lists of a log's form. What is not the reader's to see stands in none. */
export function selectsFor({ kind, event }: LogQuestion, { without }: LogReader) {
  const names = namesOfKind(kind).filter(name => !without.includes(name));
  const labelled = names.map(value => ({ value, label: spoken(`eventLog.event.${value}`) }));
  const all = spoken('jobs.all');
  return [
    {
      ...{ id: 'kind', name: 'kind', label: spoken('jobs.kind'), value: kind, blank: all },
      options: LOG_KINDS.map(value => ({ value, label: spoken(`eventLog.kind.${value}`) })),
    },
    {
      ...{ id: 'event', name: 'event', label: spoken('eventLog.action'), value: event, blank: all },
      options: labelled.sort((one, other) => one.label.localeCompare(other.label)),
    },
  ];
}
