import { spoken } from '../../platform/i18n/spoken.js';
import { dayWords } from '../../people/organisations/day-words.js';
import { organisationHead } from '../../people/organisations/organisation-tabs.js';
import { unitChoice, type UnitChoice } from '../../people/organisations/units/unit-choice.js';
import { unitOptions, type UnitOption } from '../../people/organisations/units/unit-options.js';
import { matrix } from './matrix.js';
import { neverSignedIn } from './never-signed-in.js';
import type { OpenStandings } from './open-standings.js';
import { overTime } from './over-time.js';
import { overviewFigures, shownText } from './overview-figures.js';
import { standingColumns } from './standings-csv.js';
import { hrefOf, SHOWN } from './standing-filters.js';

/** How the people of an organisation stand: the numbers, and each person with each requirement. */
export async function overviewPage(open: OpenStandings, { after, query }: { after: string; query: string }) {
  const { organisation, actor, filters, home } = open;
  const units = unitChoice(await unitOptions(organisation.id, open.units), {
    ...{ chosen: filters.unit ?? '', query },
  });
  const list = await matrix(open, after);
  return {
    organisation: organisationHead(organisation, actor),
    when: whenText(open),
    home,
    otherDayHref: hrefOf(`${home}/day`, filters),
    todayHref:
      filters.on === null && filters.known === null
        ? null
        : hrefOf(home, { ...filters, on: null, known: null }),
    differencesHref: filters.known === null ? null : hrefOf(`${home}/differences`, filters),
    columns: standingColumns(spoken),
    csvHref: hrefOf(`${home}.csv`, filters),
    hasRequirements: open.requirements.length > 0,
    requirementsHref: `/organisations/${organisation.id}/requirements`,
    figures: after === '' ? await overviewFigures(open) : [],
    never: after === '' ? await neverSignedIn(open) : null,
    overTime: after === '' ? await overTime(open) : null,
    selects: selects(open, units),
    units,
    unit: filters.unit ?? '',
    kept: Object.entries({ on: filters.on, known: filters.known }).flatMap(([name, value]) =>
      value === null ? [] : { name, value },
    ),
    shown: filters.shown && {
      title: shownText(filters.shown),
      meaning: spoken(`reports.meaning.${filters.shown}`),
    },
    nudgeHref:
      filters.shown === 'overdue' && filters.on === null && list.people.length > 0
        ? hrefOf(`${home}/nudge`, { requirement: filters.requirement, unit: filters.unit })
        : null,
    list,
  };
}

/** Of which day the page speaks, and as it was said when. */
export function whenText({ filters, day, today, organisation }: OpenStandings): string {
  const blanks = { day: dayWords(day), zone: organisation.timeZone };
  if (filters.known !== null)
    return spoken('reports.when.said', { ...blanks, known: dayWords(filters.known) });
  if (day > today) return spoken('reports.when.forecast', blanks);
  return spoken(filters.on === null ? 'reports.when.now' : 'reports.when.past', blanks);
}

const selects = ({ requirements, filters }: OpenStandings, units: UnitChoice) => [
  select(
    'requirement',
    filters.requirement,
    requirements.map(({ id, title }) => ({ value: id, label: title })),
  ),
  ...(units.query === null ? [select('unit', filters.unit, units.options)] : []),
  select(
    'shown',
    filters.shown,
    SHOWN.map(value => ({ value, label: shownText(value) })),
  ),
];

const select = (name: string, value: string | null, options: readonly UnitOption[]) => ({
  ...{ id: name, name, value, options: [...options] },
  label: spoken(`reports.filter.${name}`),
  blank: spoken(`reports.filterAll.${name}`),
});
