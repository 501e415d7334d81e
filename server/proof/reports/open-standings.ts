import { NotFound } from '../../errors.js';
import { endOfDay } from '../../platform/lib/days.js';
import { openTree, unitsSeen, type OpenTree } from '../../people/organisations/units/open-tree.js';
import type { PlacedUnit } from '../../people/organisations/units/unit-order.js';
import { can, type Actor } from '../../policy.js';
import type { Rule } from '../requirements/requirement-rule.js';
import { versionInForce } from '../requirements/rules/requirement-versions.js';
import { requirementsOf } from '../requirements/rules/stored-requirements.js';
import { countedDay } from './standing-tallies.js';
import type { AskedStandings } from './asked-intervals.js';
import { askedBy, filtersFrom, type StandingFilters } from './standing-filters.js';

/** A requirement as it is in force on the day that is looked at. */
export interface RequirementOfDay {
  readonly id: string;
  readonly title: string;
  readonly rule: Rule;
}

/** How people of an organisation stand, as far as somebody may see it, on a day. */
export interface OpenStandings extends Pick<OpenTree, 'actor' | 'organisation' | 'today'> {
  readonly home: string;
  readonly filters: StandingFilters;
  /** The day that is looked at. It is counted: today, or the day up to which the organisation is. */
  readonly day: string;
  /** As it was said at this moment (epoch ms); null: as it is said now. */
  readonly saidAt: number | null;
  /** All that are in force on the day, and those of them that are looked at. */
  readonly requirements: readonly RequirementOfDay[];
  readonly chosen: readonly RequirementOfDay[];
  /** The units that may be chosen, on the tree of the day. */
  readonly units: readonly PlacedUnit[];
  /** The units with all below them that are looked at; null: the whole organisation. */
  readonly tops: readonly string[] | null;
}

/**
 * Standings of an organisation, for those who manage people there. Throws `NotFound` to everybody else, and for a unit that
 * they may not see; `SignInNeeded` to visitors.
 */
export async function openStandings(reader: Actor | null, { id, query, now }: Asked): Promise<OpenStandings> {
  const tree = await openTree(reader, id, now);
  const { actor, organisation, today } = tree;
  const filters = filtersFrom(query);
  const day = filters.on ?? (await countedDay(organisation.id)) ?? today;
  const saidAt = filters.known === null ? null : endOfDay(filters.known, organisation.timeZone);
  const requirements = await requirementsOfDay(organisation.id, { day, saidAt });
  const units = unitsSeen(tree, day);
  return {
    ...{ actor, organisation, today, filters, day, saidAt, requirements, units },
    home: standingsHome(organisation.id),
    chosen: requirements.filter(each => filters.requirement === null || each.id === filters.requirement),
    tops: topsOf(units, filters.unit, can(actor, 'organisation.manage', { organisationId: organisation.id })),
  };
}

interface Asked {
  readonly id: unknown;
  readonly query: unknown;
  readonly now: number;
}

/** The address of an organisation's standings. */
const standingsHome = (organisationId: string): string => `/organisations/${organisationId}/standings`;

async function requirementsOfDay(
  organisationId: string,
  { day, saidAt }: { day: string; saidAt: number | null },
): Promise<RequirementOfDay[]> {
  return [...(await requirementsOf(organisationId))].flatMap(([id, all]) => {
    const known = all.filter(({ recordedAt }) => saidAt === null || recordedAt <= saidAt);
    const version = versionInForce(known, day);
    return version?.rule.inForce ? { id, title: version.title, rule: version.rule } : [];
  });
}

/** The unit that was chosen; else all of the organisation, or the uppermost units whose people somebody manages. */
function topsOf(
  units: readonly PlacedUnit[],
  unit: string | null,
  isWhole: boolean,
): readonly string[] | null {
  if (unit !== null) {
    if (!units.some(({ id }) => id === unit)) throw new NotFound();
    return [unit];
  }
  if (isWhole) return null;
  const seen = new Set(units.map(({ id }) => id));
  return units.flatMap(({ id, parentId }) => (seen.has(parentId ?? '') ? [] : id));
}

/** The day that is counted is looked at, as it is said now. */
export const isCounted = ({ filters, saidAt }: OpenStandings): boolean =>
  filters.on === null && saidAt === null;

/** The ids of the units that are looked at, with all below them; null: the whole organisation. */
const unitsBelow = ({ units, tops }: OpenStandings): string[] | null =>
  tops && units.flatMap(({ id, above }) => (above.some(each => tops.includes(each)) ? id : []));

/** What somebody looks at, as intervals. */
export const askedIntervals = (open: OpenStandings): AskedStandings => ({
  organisationId: open.organisation.id,
  requirementIds: open.chosen.map(({ id }) => id),
  day: open.day,
  saidAt: open.saidAt,
  unitIds: unitsBelow(open),
  tops: open.tops,
  isCounted: isCounted(open),
  ...askedBy(open.filters.shown, open.day),
});
