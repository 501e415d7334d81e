import { isExpired } from '../hotlines.js';
import type { OwnHotlineFacts, PlacedHotline } from './own-hotline.js';

/** Where somebody is: the units in which they work, the nearest first, and the country (like `GB`; '' where none is known). */
export interface Whereabouts {
  readonly units: readonly string[];
  readonly country: string;
}

/**
 * The hotline of an organisation for somebody: that of their unit, else of the nearest unit above it, else of the country,
 * else the organisation's. One that has expired does not stand in the way of another. Null where there is none.
 */
export function nearestHotline(
  all: readonly PlacedHotline[],
  { units, country }: Whereabouts,
  now: number,
): OwnHotlineFacts | null {
  const fresh = all.filter(({ line }) => !isExpired(line, now));
  const ofUnit = units.flatMap(unit => fresh.find(({ unitId }) => unitId === unit) ?? [])[0];
  const ofCountry = country === '' ? undefined : fresh.find(each => each.country === country);
  const ofAll = fresh.find(each => each.unitId === '' && each.country === '');
  return (ofUnit ?? ofCountry ?? ofAll)?.line ?? null;
}
