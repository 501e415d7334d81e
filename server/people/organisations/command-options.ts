import { daysAfter, endOfDay } from '../../platform/lib/days.js';
import { unitPaths } from './units/unit-options.js';

/** The id of the open unit with this code or path, as somebody types it at the command line. Throws an error with a sentence. */
export async function unitCalled(named: string, organisationId: string): Promise<string> {
  const unit = (await unitPaths(organisationId)).find(({ id, path, code }) =>
    [id, path, code].includes(named),
  );
  if (!unit)
    throw new Error(`There is no unit "${named}". Give its code, or its path, such as "Europe › Lyon"`);
  return unit.id;
}

/** From a first day (today where none was typed) to the day after the last (null: without an end). Throws an error with a sentence. */
export function daysFrom({ from, last }: { from: string; last: string }, today: string) {
  const isDay = (day: string) => day === '' || endOfDay(day, 'utc') !== null;
  const fromDay = from || today;
  if (!isDay(from) || !isDay(last) || fromDay < today || (last !== '' && last < fromDay))
    throw new Error(
      'Write dates like 2027-03-27. The first cannot be in the past, or the last before the first',
    );
  return { fromDay, untilDay: last === '' ? null : daysAfter(last, 1) };
}
