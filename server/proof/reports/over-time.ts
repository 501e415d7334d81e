import { formatMonth } from '../../platform/i18n/i18n.js';
import { hereIn, spoken } from '../../platform/i18n/spoken.js';
import { daysAfter } from '../../platform/lib/days.js';
import { dayWords } from '../../people/organisations/day-words.js';
import { trend } from '../requirements/queries/trend.js';
import { completionOf, shareOf, type Completion } from '../requirements/completion-rate.js';
import type { OpenStandings } from './open-standings.js';

/** Ends of months that are shown, before yesterday. */
const MONTHS = 11;

/**
 * The completion rate of a requirement at the end of each month and yesterday, as we said it then, as a plot with its table.
 * Null where more than one requirement or several units are looked at, or nothing was said yet.
 */
export async function overTime({ chosen, filters, tops, today }: OpenStandings) {
  const [requirement] = chosen;
  const unitId = tops === null ? '' : tops.length === 1 ? tops[0] : undefined;
  if (filters.requirement === null || filters.on !== null || filters.known !== null) return null;
  if (!requirement || unitId === undefined) return null;
  const days = shownDays(today);
  const said = await trend({ requirementId: requirement.id, unitId }, days[0] ?? today, days.at(-1) ?? today);
  const points = said
    .filter(({ day }) => days.includes(day))
    .map(({ day, tally }) => ({ day, ...completionOf(tally, requirement.rule) }));
  if (points.every(({ must }) => must === 0)) return null;
  return {
    columns: points.map((point, at) => column(point, at === points.length - 1)),
    rows: points.map(row),
  };
}

interface Point extends Completion {
  readonly day: string;
}

/** The last days of the months before today's, oldest first, and yesterday. */
function shownDays(today: string): string[] {
  const [year = 0, month = 0] = today.split('-').map(Number);
  const first = (back: number) => new Date(Date.UTC(year, month - 1 - back, 1)).toISOString().slice(0, 10);
  const ends = Array.from({ length: MONTHS }, (_, at) => daysAfter(first(MONTHS - 1 - at), -1));
  return [...new Set([...ends, daysAfter(today, -1)])];
}

const shareText = (share: number | null): string =>
  share === null ? '–' : spoken('reports.overTime.percent', { share });

const column = ({ day, have, must }: Point, isNow: boolean) => ({
  label: formatMonth(Date.parse(day), hereIn('UTC'), 'short'),
  value: Math.round(100 * (shareOf(have, must) ?? 0)),
  text: shareText(shareOf(have, must)),
  isNow,
});

const row = ({ day, have, must, haveTime }: Point) => [
  { text: dayWords(day) },
  { text: shareText(shareOf(have, must)) },
  { text: String(have) },
  { text: String(must) },
  { text: shareText(shareOf(have, must - haveTime)) },
];
