import { rows } from '../../platform/db/rows.js';
import { columns, parameters, sql } from '../../platform/db/sql.js';
import { spoken } from '../../platform/i18n/spoken.js';
import type { Translate } from '../../platform/i18n/i18n.js';
import type { Cell, CsvColumn, CsvTable } from '../../platform/lib/text/csv.js';
import { daysAfter } from '../../platform/lib/days.js';
import type { Because } from '../requirements/standing-interval.js';
import { Exemption } from '../requirements/tables.js';
import { recordsStanding } from './find-standings.js';
import { askedIntervals, type OpenStandings } from './open-standings.js';

/** People read at once: the memory that a file costs does not grow with it. */
const CHUNK = 500;

/** The days among the columns. */
const DAYS: ReadonlySet<string> = new Set(['as_of', 'said_on', 'since', 'due_day', 'exemption_last_day']);

/** The columns, in an order and with names that stay: programs read them. Each has its meaning under `reports.column`. */
export const standingColumns = (t: Translate): CsvColumn[] =>
  [
    ...['as_of', 'said_on', 'staff_number', 'name', 'unit', 'employment', 'requirement_id', 'requirement'],
    ...['standing', 'since', 'due_day', 'exemption', 'exemption_reason', 'exemption_last_day'],
  ].map(name => ({ name, type: DAYS.has(name) ? 'date' : 'string', says: t(`reports.column.${name}`) }));

/** The list as a table, in parts of at most `limit` people: a record for each person and requirement in which they stand as asked. */
export const standingsTable = (open: OpenStandings, limit = CHUNK): CsvTable => ({
  columns: standingColumns(spoken),
  parts: standingRecords(open, limit),
});

async function* standingRecords(open: OpenStandings, limit: number): AsyncGenerator<Cell[][]> {
  const asked = askedIntervals(open);
  const titles = new Map(open.requirements.map(({ id, title }) => [id, title]));
  for (let after = ''; ;) {
    const found = await recordsStanding(open.actor, asked, { after, limit });
    const next = found.at(-1)?.[9];
    if (next === undefined) return;
    yield await recordsOf(found, { day: open.day, known: open.filters.known, titles });
    after = next;
  }
}

/** What all records of a file have in common. */
interface Common {
  readonly day: string;
  readonly known: string | null;
  readonly titles: ReadonlyMap<string, string>;
}

type Found = Awaited<ReturnType<typeof recordsStanding>>[number];

/** In the order of `standingColumns`; words of the program are its codes, the same in every language. */
async function recordsOf(found: readonly Found[], { day, known, titles }: Common): Promise<Cell[][]> {
  const exemptions = await exemptionsIn(found);
  const records: Cell[][] = [];
  for (const [
    employment,
    name,
    staffNumber,
    unit,
    exempted,
    requirementId,
    standing,
    fromDay,
    dueDay,
  ] of found) {
    if (standing === null || requirementId === null) continue;
    const title = titles.get(requirementId) ?? '';
    const record = [day, known, staffNumber, name, unit, employment, requirementId, title, standing, fromDay];
    const exempt = exempted === null ? null : exemptions.get(exemptionOf(exempted));
    records.push([...record, dueDay, ...(exempt ?? NONE)]);
  }
  return records;
}

const NONE: readonly Cell[] = [null, null, null];

const exemptionOf = (because: string): string => (JSON.parse(because) as Because).exemptionId ?? '';

/** The waivers and extensions that decide, by id, as their three columns; their notes stay where they are. */
async function exemptionsIn(found: readonly Found[]): Promise<Map<string, readonly Cell[]>> {
  const ids = [...new Set(found.flatMap(([, , , , exempted]) => (exempted ? exemptionOf(exempted) : [])))];
  if (ids.length === 0) return new Map();
  const all = await rows(sql`${EXEMPTIONS} where e.id in (${parameters(ids.length)})`, ids);
  return new Map(all.map(({ id, kind, reason, toDay }) => [id, [kind, reason, daysAfter(toDay, -1)]]));
}

const EXEMPTIONS = sql`select ${columns(Exemption, 'e', 'id', 'kind', 'reason', 'toDay')} from ${Exemption} e`;
