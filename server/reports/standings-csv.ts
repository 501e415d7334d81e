import { rows } from '../db/rows.js';
import { columns, parameters, sql } from '../db/sql.js';
import { csv, type Cell } from '../lib/text/csv.js';
import { daysAfter } from '../lib/days.js';
import { listedName } from '../organisations/people/member-words.js';
import type { Because } from '../requirements/standing-interval.js';
import { groupedBy } from '../requirements/reckoning/grouped.js';
import { Exemption } from '../requirements/tables.js';
import { peopleStanding, standingsOf, type FoundStanding, type StandingPerson } from './find-standings.js';
import { askedIntervals, type OpenStandings } from './open-standings.js';

/** People read at once: the memory that a file costs does not grow with it. */
const CHUNK = 500;

/** The columns, in an order and with names that stay: programs read them. Each has its meaning under `reports.column`. */
export const STANDING_COLUMNS = [
  ...['as_of', 'said_on', 'staff_number', 'name', 'unit', 'employment', 'requirement_id', 'requirement'],
  ...['standing', 'since', 'due_day', 'exemption', 'exemption_reason', 'exemption_last_day'],
] as const;

/** The list as CSV, part by part: a record for each person and requirement in which they stand as asked. */
export async function* standingsCsv(open: OpenStandings): AsyncGenerator<string> {
  const header = csv(STANDING_COLUMNS, []);
  // The mark tells spreadsheets that the letters are UTF-8.
  yield `\ufeff${header}`;
  for (let after = ''; ;) {
    const people = await peopleStanding(open.actor, askedIntervals(open), { after, limit: CHUNK });
    if (people.length > 0) yield csv(STANDING_COLUMNS, await recordsOf(open, people)).slice(header.length);
    if (people.length < CHUNK) return;
    after = people.at(-1)?.next ?? '';
  }
}

async function recordsOf(open: OpenStandings, people: readonly StandingPerson[]): Promise<Cell[][]> {
  const asked = askedIntervals(open);
  const found = await standingsOf(
    people.map(({ id }) => id),
    asked,
  );
  const meant = found.filter(
    ({ standing, dueDay }) =>
      asked.standings.includes(standing) &&
      (asked.dueBy === null || (dueDay !== null && dueDay >= asked.day && dueDay <= asked.dueBy)),
  );
  const exemptions = await exemptionsIn(meant);
  const byPerson = groupedBy(meant, 'membershipId');
  return people.flatMap(person =>
    (byPerson.get(person.id) ?? []).map(standing =>
      record(open, { person, standing, exemption: exemptions.get(exemptionOf(standing)) }),
    ),
  );
}

/** '': none. Most have none, and their reasons need not be read. */
const exemptionOf = ({ because }: FoundStanding): string =>
  because.includes('"exemptionId":null') ? '' : ((JSON.parse(because) as Because).exemptionId ?? '');

/** The waivers and extensions that decide, by id; their notes stay where they are. */
async function exemptionsIn(standings: readonly FoundStanding[]) {
  const ids = [...new Set(standings.map(exemptionOf))].filter(id => id !== '');
  if (ids.length === 0) return new Map<string, FoundExemption>();
  const found = await rows(sql`${EXEMPTIONS} where e.id in (${parameters(ids.length)})`, ids);
  return new Map(found.map(each => [each.id, each]));
}

const EXEMPTIONS = sql`select ${columns(Exemption, 'e', 'id', 'kind', 'reason', 'toDay')} from ${Exemption} e`;

interface FoundExemption {
  readonly kind: string;
  readonly reason: string;
  readonly toDay: string;
}

interface Line {
  readonly person: StandingPerson;
  readonly standing: FoundStanding;
  readonly exemption: FoundExemption | undefined;
}

/** In the order of `STANDING_COLUMNS`; words of the program are its codes, the same in every language. */
const record = (open: OpenStandings, { person, standing, exemption }: Line): Cell[] => [
  ...[open.day, open.filters.known, person.staffNumber, listedName(person), person.unit, person.employment],
  ...[standing.requirementId, open.requirements.find(({ id }) => id === standing.requirementId)?.title ?? ''],
  ...[standing.standing, standing.fromDay, standing.dueDay],
  ...(exemption ? [exemption.kind, exemption.reason, daysAfter(exemption.toDay, -1)] : [null, null, null]),
];
