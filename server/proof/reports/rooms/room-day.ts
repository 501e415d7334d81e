import { spoken } from '../../../platform/i18n/spoken.js';
import { dayFrom, dayOf, endOfDay, type DayParts } from '../../../platform/lib/days.js';
import { dayParts, dayWords } from '../../../people/organisations/day-words.js';
import { versionInForce } from '../../requirements/rules/requirement-versions.js';
import { requirementsOf } from '../../requirements/rules/stored-requirements.js';
import type { AskedIntervals } from '../asked-intervals.js';
import type { RequirementOfDay } from '../open-standings.js';
import { askedBy, filtersFrom, hrefOf, type StandingFilters } from '../standing-filters.js';
import type { OpenRoom } from './open-room.js';
import { roomUnits } from './sealing/room-scope.js';

/** A room as it is looked at: on a day of its period, as it was said at a moment (epoch ms). */
export interface RoomDay extends OpenRoom {
  readonly filters: StandingFilters;
  readonly day: string;
  readonly saidAt: number;
  /** The requirements of the room as they were in force on that day, or newest where they were not. */
  readonly requirements: readonly RequirementOfDay[];
  readonly chosen: readonly RequirementOfDay[];
}

/** What an address asks of a room; without a day it is the last one of the period, as it was said when the list was sealed. */
export async function roomDay(open: OpenRoom, query: unknown): Promise<RoomDay> {
  const { room, today } = open;
  const found = filtersFrom(query);
  const on = found.on !== null && found.on >= room.fromDay && found.on <= room.lastDay ? found.on : null;
  const known = found.known !== null && found.known <= today ? found.known : null;
  const day = on ?? room.lastDay;
  const saidAt = known === null ? room.knownAt : (endOfDay(known, room.timeZone) ?? room.knownAt);
  const requirements = await requirementsIn(room, { day, saidAt });
  const chosen = requirements.filter(({ id }) => found.requirement === null || id === found.requirement);
  return { ...open, filters: { ...found, unit: null, on, known }, day, saidAt, requirements, chosen };
}

async function requirementsIn(
  { organisationId, requirementIds }: OpenRoom['room'],
  { day, saidAt }: { day: string; saidAt: number },
): Promise<RequirementOfDay[]> {
  const all = await requirementsOf(organisationId);
  return requirementIds.flatMap(id => {
    const versions = all.get(id) ?? [];
    const known = versions.filter(({ recordedAt }) => recordedAt <= saidAt);
    const version = versionInForce(known, day) ?? versionInForce(versions, day) ?? versions.at(-1);
    return version ? { id, title: version.title, rule: version.rule } : [];
  });
}

/** What is looked at, as intervals. */
export async function intervalsIn({ room, day, saidAt, chosen, filters }: RoomDay): Promise<AskedIntervals> {
  const unitIds = await roomUnits(room, [day]);
  const requirementIds = chosen.map(({ id }) => id);
  const { organisationId } = room;
  return { organisationId, requirementIds, day, saidAt, unitIds, ...askedBy(filters.shown, day) };
}

/** The day that is looked at, and as of when, for an address: pages of a room lead to each other without losing it. */
export const dayFilters = ({ filters: { on, known } }: RoomDay): Pick<StandingFilters, 'on' | 'known'> => ({
  on,
  known,
});

/** The same as fields of a form. */
export const keptDay = (look: RoomDay) =>
  Object.entries(dayFilters(look)).flatMap(([name, value]) => (value === null ? [] : { name, value }));

/** As it was said when, on a page about a whole period. */
export const knownIn = ({ room, filters, saidAt }: RoomDay): string =>
  spoken(filters.known === null ? 'room.known.sealed' : 'room.known.day', {
    known: dayWords(dayOf(saidAt, room.timeZone)),
  });

/** Of which day a page speaks, and as it was said when. */
export const whenIn = ({ room, day, filters, saidAt }: RoomDay): string =>
  spoken(filters.known === null ? 'room.when.sealed' : 'room.when.known', {
    day: dayWords(day),
    known: dayWords(dayOf(saidAt, room.timeZone)),
  });

/** The day to look at, and the day at whose end it was said; both as typed. */
export interface TypedRoomDay {
  readonly on: DayParts;
  readonly known: DayParts;
}

/** Where the typed days lead; else what has to be corrected. */
export function otherRoomDay({ room, home, today, filters }: RoomDay, typed: TypedRoomDay) {
  const [on, known] = [dayFrom(typed.on), dayFrom(typed.known)];
  const period = { from: dayWords(room.fromDay), last: dayWords(room.lastDay) };
  const errors: Record<string, string> = {
    ...(!on || on < room.fromDay || on > room.lastDay ? { on: spoken('room.day.errorOn', period) } : {}),
    ...(known === null || known > today ? { known: spoken('room.day.errorKnown') } : {}),
  };
  if (Object.keys(errors).length > 0) return { href: null, errors };
  return { href: hrefOf(home, { ...filters, on, known: known === '' ? null : known }), errors: null };
}

/** The form that asks for another day. */
export const roomDayForm = (look: RoomDay, typed: TypedRoomDay | null, errors: Record<string, string>) => ({
  back: hrefOf(look.home, look.filters),
  action: `${look.home}/day`,
  values: typed ?? {
    on: dayParts(look.day),
    known: look.filters.known === null ? null : dayParts(look.filters.known),
  },
  errors,
  period: spoken('room.period', { from: dayWords(look.room.fromDay), last: dayWords(look.room.lastDay) }),
});
