import { spoken } from '../../platform/i18n/spoken.js';
import { completionOf, completionTexts } from '../requirements/completion-rate.js';
import type { Standing, StandingTally } from '../requirements/standings.js';
import { askedIntervals, isCounted, type OpenStandings, type RequirementOfDay } from './open-standings.js';
import { askedBy, hrefOf, type Shown } from './standing-filters.js';
import { countedDue, countedTallies, readTallies, type Tallies } from './standing-tallies.js';

/** The numbers of a requirement, in the order in which they are read. */
const NUMBERS: readonly Shown[] = [
  ...(['current', 'expiring', 'in-grace', 'overdue', 'gap', 'due-30', 'due-60', 'due-90'] as const),
  ...(['due-soon', 'not-yet-due', 'on-leave', 'waived'] as const),
];

/** How people stand with each requirement that is looked at: the completion rate in words and as a bar, and numbers that open their lists. */
export async function overviewFigures(open: OpenStandings) {
  const tallies = await talliesOf(open);
  const due = {
    'due-30': await dueWithin(open, 'due-30'),
    'due-60': await dueWithin(open, 'due-60'),
    'due-90': await dueWithin(open, 'due-90'),
  };
  const count = (shown: Shown, requirementId: string): number =>
    shown in due
      ? (due[shown as keyof typeof due].get(requirementId) ?? 0)
      : (tallies.get(requirementId)?.[shown as Standing] ?? 0);
  return open.chosen.map(requirement => ({
    title: requirement.title,
    href: hrefOf(open.home, { ...open.filters, shown: null, requirement: requirement.id }),
    ...rateOf(tallies.get(requirement.id) ?? {}, requirement, open.filters.known !== null),
    numbers: NUMBERS.map(shown => ({
      shown,
      label: shownText(shown),
      text: spoken('reports.count', { people: count(shown, requirement.id) }),
      href: hrefOf(open.home, { ...open.filters, shown, requirement: requirement.id }),
    })),
  }));
}

/** The word of a number, and of the list that it opens. */
export const shownText = (shown: Shown): string =>
  shown.startsWith('due-') && shown !== 'due-soon'
    ? spoken(`reports.shown.${shown}`)
    : spoken(`requirements.standing.${shown}`);

/** Today's are counted already; those of another day, or as they were said once, are read. */
const talliesOf = (open: OpenStandings): Promise<Tallies> =>
  isCounted(open)
    ? countedTallies(open.organisation.id, open.tops)
    : readTallies(open.actor, { ...askedIntervals(open), ...askedBy(null, open.day) });

/** For how many people something is due so soon, by requirement. */
async function dueWithin(open: OpenStandings, shown: Shown): Promise<ReadonlyMap<string, number>> {
  const { day } = open;
  const asked = askedBy(shown, day);
  if (isCounted(open)) return countedDue(open.organisation.id, open.tops, { day, until: asked.dueBy ?? day });
  const tallies = await readTallies(open.actor, { ...askedIntervals(open), ...asked });
  return new Map([...tallies].map(([id, tally]) => [id, sum(tally)]));
}

const sum = (tally: StandingTally): number => Object.values(tally).reduce((all, people) => all + people, 0);

/** The completion rate in words, and as a bar of everybody who must have it; no bar where nobody must. */
export function rateOf(
  tally: StandingTally,
  { rule }: { rule: Pick<RequirementOfDay['rule'], 'graceCounts'> },
  isThen: boolean,
) {
  const { have, must, haveTime } = completionOf(tally, rule);
  const near = (tally.expiring ?? 0) + (rule.graceCounts ? (tally['in-grace'] ?? 0) : 0);
  return {
    completion: completionTexts(tally, rule, { isThen }),
    bar:
      must === 0
        ? null
        : barOf({ full: have - near, due: near, time: haveTime, over: must - have - haveTime }),
  };
}

/** Parts of the bar as whole percent that add up to 100. */
function barOf(people: Readonly<Record<'full' | 'due' | 'time' | 'over', number>>) {
  const all = Object.values(people).reduce((sum, count) => sum + count, 0);
  let before = 0;
  return (['full', 'due', 'time', 'over'] as const).flatMap(kind => {
    const from = Math.round((100 * before) / all);
    before += people[kind];
    const percent = Math.round((100 * before) / all) - from;
    return percent > 0 ? [{ percent, kind }] : [];
  });
}
