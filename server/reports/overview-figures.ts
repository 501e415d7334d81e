import { spoken } from '../i18n/spoken.js';
import { compliance, type Standing, type StandingTally } from '../requirements/standings.js';
import { askedIntervals, isCounted, type OpenStandings, type RequirementOfDay } from './open-standings.js';
import { askedBy, hrefOf, type Shown } from './standing-filters.js';
import { countedDue, countedTallies, readTallies, type Tallies } from './standing-tallies.js';

/** The numbers of a requirement, in the order in which they are read. */
const NUMBERS: readonly Shown[] = [
  ...(['current', 'expiring', 'in-grace', 'overdue', 'gap', 'due-30', 'due-60', 'due-90'] as const),
  ...(['due-soon', 'not-yet-due', 'on-leave', 'waived'] as const),
];

/** How people stand with each requirement that is looked at: its share with its parts, and numbers that open their lists. */
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
    ...shareOf(tallies.get(requirement.id) ?? {}, requirement, open.filters.known !== null),
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

/** The share that complies, in words, and as a bar: who complies, whose end is near, and who does not. */
function shareOf(tally: StandingTally, { rule }: RequirementOfDay, isThen: boolean) {
  const { compliant, asked, share } = compliance(tally, rule);
  const percent = (people: number) => Math.round((100 * people) / Math.max(1, asked));
  const near = percent((tally.expiring ?? 0) + (rule.graceCounts ? (tally['in-grace'] ?? 0) : 0));
  const full = Math.max(0, percent(compliant) - near);
  return {
    ...shareTexts(tally, rule, isThen),
    bar: share === null ? null : barOf(full, near),
  };
}

/**
 * The share that complies with its parts, and how many are not asked to; where nobody is, that is said plainly. `isThen`: as it was known
 * on an earlier day, when less may have been entered.
 */
export function shareTexts(tally: StandingTally, rule: RequirementOfDay['rule'], isThen: boolean) {
  const { compliant, asked, share } = compliance(tally, rule);
  const count = outside(tally);
  if (share !== null)
    return {
      share: spoken('reports.share', { share }),
      parts: spoken('reports.shareParts', { compliant, asked, share }),
      outside: count === 0 ? null : spoken('reports.shareOutside', { count }),
    };
  return count === 0
    ? {
        share: spoken(isThen ? 'reports.concernedNobodyThen' : 'reports.concernsNobody'),
        parts: null,
        outside: null,
      }
    : { share: spoken('reports.noShare'), parts: null, outside: spoken('reports.allOutside', { count }) };
}

const barOf = (full: number, due: number) =>
  [
    { percent: full, kind: 'full' as const },
    { percent: due, kind: 'due' as const },
    { percent: 100 - full - due, kind: 'over' as const },
  ].filter(({ percent }) => percent > 0);

/** Those who are not asked to comply: waived, on leave, or with time left. */
const outside = (tally: StandingTally): number =>
  (['waived', 'on-leave', 'due-soon', 'not-yet-due'] as const).reduce(
    (all, each) => all + (tally[each] ?? 0),
    0,
  );
