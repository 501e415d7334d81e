import type { HotlineDirectory } from '../../content/schema/types.js';
import { row } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { isId } from '../../../platform/lib/ids.js';
import { Unit } from '../../../people/organisations/tables.js';
import { countryOf } from '../hotlines.js';
import { wholeOf, type HotlinePlace, type PlacedHotline } from './own-hotline.js';

/** A place that has, or may have, a hotline of its own: its part of an address, and its name in words. */
export interface NamedPlace extends HotlinePlace {
  readonly part: string;
  readonly words: string;
}

const WHOLE = 'everyone';

/** The place that a part of an address names: `everyone`, `gb`, or the id of a unit. Null where there is none. */
export async function placeCalled(
  organisationId: string,
  part: unknown,
  hotlines: HotlineDirectory,
): Promise<NamedPlace | null> {
  if (part === WHOLE) return { ...wholeOf(organisationId), part, words: spoken('ownLine.everyone') };
  if (isId(part)) return unitPlace(organisationId, part);
  if (typeof part !== 'string' || !/^[a-z]{2}$/.test(part)) return null;
  const country = countryOf(hotlines, part.toUpperCase());
  return country && { ...wholeOf(organisationId), country: country.code, part, words: country.name };
}

async function unitPlace(organisationId: string, unitId: string): Promise<NamedPlace | null> {
  const unit = await row(
    sql`select ${columns(Unit, 'u', 'name')} from ${Unit} u where u.organisation_id = $1 and u.id = $2`,
    [organisationId, unitId],
  );
  return unit && { organisationId, country: '', unitId, part: unitId, words: unit.name };
}

/** The places of these hotlines in words; one of a country or a unit that is gone is left out. */
export async function placesOf(
  all: readonly PlacedHotline[],
  hotlines: HotlineDirectory,
): Promise<(NamedPlace & Pick<PlacedHotline, 'line'>)[]> {
  const named = await Promise.all(
    all.map(async ({ organisationId, country, unitId, line }) => {
      const part = unitId || country.toLowerCase() || WHOLE;
      const place = await placeCalled(organisationId, part, hotlines);
      return place ? [{ ...place, line }] : [];
    }),
  );
  return named.flat();
}
