import type { ProvenMark } from '../../certificates/ledger/checkpoints.js';
import { ACCOUNT, endOfChain, INSTALLATION } from '../../events/chains.js';
import { eventsBefore, numberAt } from '../../events/event-log.js';
import { formatDate, type Place } from '../../i18n/i18n.js';
import { spoken } from '../../i18n/spoken.js';
import { dayFrom, endOfDay, type DayParts } from '../../lib/days.js';
import { isId } from '../../lib/ids.js';
import { findOrganisation } from '../../organisations/memberships.js';
import { peopleBehind } from '../people/person.js';
import { LOG_KINDS, namesOfKind, type LogKind } from './event-kinds.js';
import { loggedRow, peopleIn } from './logged-row.js';

/** Rows on one page. */
const PAGE = 50;

/** What the address asks for. `chain`: the installation's, that of the accounts, or an organisation's id. `before`: a number, or null. */
export interface LogQuestion {
  readonly chain: string;
  readonly kind: LogKind | '';
  readonly until: DayParts;
  readonly before: number | null;
}

/** Where the log is looked at, and what a check of it proved last. */
interface LogLook {
  readonly place: Place;
  readonly zone: string;
  readonly proven: ProvenMark | null;
}

/** What was recorded, in words, newest first; null where there is no such log. */
export async function eventLogPage(asked: LogQuestion, { place, zone, proven }: LogLook) {
  const title = await titleOf(asked.chain);
  if (title === null) return null;
  const end = await endOfChain(asked.chain);
  const until = dayFrom(asked.until);
  const isTyped = Object.values(asked.until).some(Boolean);
  const before =
    asked.before ??
    (await numberAfter(asked.chain, until === null ? null : endOfDay(until, zone), Number(end.seq)));
  const found = await eventsBefore(asked.chain, { before, names: namesOfKind(asked.kind), limit: PAGE });
  const people = await peopleBehind(peopleIn(found));
  return {
    title,
    checked: checkedText(proven, place),
    events: found.map(event => loggedRow(event, { people, place })),
    selects: selectsFor(asked, title),
    until: asked.until,
    errors: isTyped && until === null ? wrongDay() : {},
    isFiltered: asked.kind !== '' || isTyped,
    next: found.length === PAGE ? addressAfter(asked, Number(found.at(-1)?.seq)) : null,
  };
}

/** On which day all entries were checked, and those that came since. */
function checkedText(proven: ProvenMark | null, place: Place): string {
  if (!proven) return spoken('eventLog.checkedNever');
  const [day, whole] = [formatDate(proven.at, place), formatDate(proven.wholeAt, place)];
  return spoken(day === whole ? 'eventLog.checkedWhole' : 'eventLog.checkedSince', { day, whole });
}

const wrongDay = (): Record<string, string> => ({ until: spoken('eventLog.wrongDay') });

const numberAfter = async (chain: string, time: number | null, last: number): Promise<number> =>
  time === null ? last + 1 : numberAt(chain, time, last);

async function titleOf(chain: string): Promise<string | null> {
  if (chain === INSTALLATION || chain === ACCOUNT) return spoken(`eventLog.chain.${chain}`);
  return isId(chain) ? ((await findOrganisation(chain))?.name ?? null) : null;
}

function addressAfter({ chain, kind }: LogQuestion, seq: number): string {
  const query = new URLSearchParams({ log: chain, kind, before: String(seq) });
  return `/admin/log?${query.toString()}`;
}

function selectsFor({ chain, kind }: LogQuestion, title: string) {
  const logs = [INSTALLATION, ACCOUNT, ...(chain === INSTALLATION || chain === ACCOUNT ? [] : [chain])];
  return [
    {
      ...{ id: 'log', name: 'log', label: spoken('eventLog.which'), value: chain },
      options: logs.map(value => ({
        value,
        label: value === chain ? title : spoken(`eventLog.chain.${value}`),
      })),
    },
    {
      ...{ id: 'kind', name: 'kind', label: spoken('jobs.kind'), value: kind, blank: spoken('jobs.all') },
      options: LOG_KINDS.map(value => ({ value, label: spoken(`eventLog.kind.${value}`) })),
    },
  ];
}
