import { spokenLocale } from '../../../../platform/i18n/spoken.js';
import { unitChoice } from '../../../../people/organisations/units/unit-choice.js';
import { unitOptions } from '../../../../people/organisations/units/unit-options.js';
import { unitsInOrder } from '../../../../people/organisations/units/unit-order.js';
import { unitSpans } from '../../../../people/organisations/units/stored-units.js';
import { newestVersion } from '../../../requirements/rules/requirement-versions.js';
import { requirementsOf } from '../../../requirements/rules/stored-requirements.js';
import { MOST_DAYS_OPEN, type typedRoom } from '../sealing/room-form.js';

/** How many more units than are chosen the form offers room for. */
const MORE_UNITS = 2;

interface Id {
  readonly id: string;
}

/** What a room of an organisation may be about: its requirements, those that have ended too, and its open units; by id. */
export async function offeredIn({ id }: Id, today: string) {
  const { requirements, tree } = await chosenFrom(id, today);
  return { today, requirements: requirements.map(({ value }) => value), units: tree.map(unit => unit.id) };
}

/** The form of a new room, as it was filled in. */
export async function newRoomPage({ id }: Id, { today, query, values, errors }: Filled) {
  const { requirements, tree } = await chosenFrom(id, today);
  const home = `/organisations/${id}/evidence/rooms`;
  return {
    back: home,
    action: `${home}/new`,
    requirementsHref: `/organisations/${id}/requirements`,
    requirements,
    units: unitChoice(await unitOptions(id, tree), { chosen: values.units, query }),
    unitFields: [...values.units, ...Array.from({ length: MORE_UNITS }, () => '')],
    mostDays: MOST_DAYS_OPEN,
    ...{ values, errors },
  };
}

interface Filled {
  readonly today: string;
  readonly query: string;
  readonly values: ReturnType<typeof typedRoom>;
  readonly errors: Record<string, string>;
}

async function chosenFrom(organisationId: string, today: string) {
  const all = await requirementsOf(organisationId);
  const requirements = [...all].flatMap(([value, versions]) => {
    const version = newestVersion(versions);
    return version ? { value, label: version.title } : [];
  });
  return { requirements, tree: unitsInOrder(await unitSpans(organisationId), today, spokenLocale()) };
}
