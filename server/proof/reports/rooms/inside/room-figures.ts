import { spoken } from '../../../../platform/i18n/spoken.js';
import { completionTexts } from '../../../requirements/completion-rate.js';
import { ruleSentence } from '../../../requirements/rules/rule-sentence.js';
import { ruleWordsOf } from '../../../requirements/rules/rule-words.js';
import type { Standing, StandingTally } from '../../../requirements/standings.js';
import { shownText } from '../../overview-figures.js';
import { hrefOf, type Shown } from '../../standing-filters.js';
import { versionTaught } from '../history/course-versions.js';
import type { RoomDay } from '../room-day.js';
import { talliesIn } from '../sealing/room-tallies.js';

type Tile = Extract<Shown, Standing>;

/** The numbers of a requirement in the order in which they are read: of those who must have it, and of the others. */
const COUNTED: readonly Tile[] = [
  ...(['current', 'expiring', 'in-grace', 'overdue', 'gap', 'due-soon', 'not-yet-due'] as const),
];
const NOT_COUNTED: readonly Tile[] = ['on-leave', 'waived'];
export const NUMBERS: readonly Tile[] = [...COUNTED, ...NOT_COUNTED];

/**
 * What each requirement of a room asks, how many people stand how with it on the day (the completion rate, and numbers that
 * open their lists), and where its courses say what they teach.
 */
export async function roomFigures(look: RoomDay) {
  const { home, filters, chosen, room, day } = look;
  const tallies = await talliesIn(look);
  const words = await ruleWordsOf(room.organisationId, day);
  const numbersOf = (id: string, tally: StandingTally, all: readonly Tile[]) =>
    all.map(shown => ({
      shown,
      label: shownText(shown),
      text: spoken('reports.count', { people: tally[shown] ?? 0 }),
      href: hrefOf(`${home}/people`, { ...filters, shown, requirement: id }),
    }));
  return Promise.all(
    chosen.map(async ({ id, title, rule }) => {
      const tally = tallies.get(id) ?? {};
      return {
        title,
        sentence: ruleSentence(rule, words),
        completion: completionTexts(tally, rule, { isThen: filters.known !== null }),
        counted: numbersOf(id, tally, COUNTED),
        notCounted: numbersOf(id, tally, NOT_COUNTED),
        courses: await coursesOf(look, rule.courses, words.courseTitle),
      };
    }),
  );
}

/** The version of each course that was taught on the day that is looked at. */
async function coursesOf(
  { room, home, day }: RoomDay,
  slugs: readonly string[],
  titleOf: (slug: string) => string,
) {
  const found = await Promise.all(slugs.map(slug => versionTaught(slug, { day, timeZone: room.timeZone })));
  return found.flatMap(version =>
    version
      ? {
          text: spoken('room.toCourse', { course: titleOf(version.courseSlug), number: version.number }),
          href: `${home}/courses/${version.id}`,
        }
      : [],
  );
}
