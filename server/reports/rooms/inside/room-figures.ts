import { spoken } from '../../../i18n/spoken.js';
import type { Standing, StandingTally } from '../../../requirements/standings.js';
import { shareTexts, shownText } from '../../overview-figures.js';
import { hrefOf, type Shown } from '../../standing-filters.js';
import type { RoomDay } from '../room-day.js';
import { talliesIn } from '../sealing/room-tallies.js';

/** The numbers of a requirement, in the order in which they are read. */
const NUMBERS: readonly Extract<Shown, Standing>[] = [
  ...(['current', 'expiring', 'in-grace', 'overdue', 'gap'] as const),
  ...(['due-soon', 'not-yet-due', 'on-leave', 'waived'] as const),
];

/** How many people of a room stand how with each requirement on the day: its share with its parts, and numbers that open their lists. */
export async function roomFigures(look: RoomDay) {
  const { home, filters, chosen } = look;
  const tallies = await talliesIn(look);
  return chosen.map(({ id, title, rule }) => {
    const tally: StandingTally = tallies.get(id) ?? {};
    return {
      title,
      ...shareTexts(tally, rule, filters.known !== null),
      numbers: NUMBERS.map(shown => ({
        shown,
        label: shownText(shown),
        text: spoken('reports.count', { people: tally[shown] ?? 0 }),
        href: hrefOf(`${home}/people`, { ...filters, shown, requirement: id }),
      })),
    };
  });
}
