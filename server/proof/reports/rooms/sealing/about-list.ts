import { spoken } from '../../../../platform/i18n/spoken.js';
import { dayOf } from '../../../../platform/lib/days.js';
import { dayWords } from '../../../../people/organisations/day-words.js';
import { ruleSentence } from '../../../requirements/rules/rule-sentence.js';
import { ruleWordsOf } from '../../../requirements/rules/rule-words.js';
import { STANDINGS, type Standing } from '../../../requirements/standings.js';
import type { RoomDay } from '../room-day.js';

/** What a sealed list is about, for the description beside it: whose people, on which day, as known when, and each requirement. */
export async function aboutList({ room, requirements }: RoomDay): Promise<string[]> {
  const words = await ruleWordsOf(room.organisationId, room.lastDay);
  const [organisation, day] = [room.organisation, dayWords(room.lastDay)];
  return [
    spoken('room.sealed.about', { organisation, day, known: dayWords(dayOf(room.knownAt, room.timeZone)) }),
    ...requirements.map(({ title, rule }) =>
      spoken('room.sealed.requirement', { title, sentence: ruleSentence(rule, words) }),
    ),
  ];
}

/** What the fixed word of each standing means. */
export const standingMeanings = (): string => STANDINGS.map(meaningOf).join(' ');

const meaningOf = (code: Standing): string =>
  spoken('room.sealed.means', {
    code,
    name: spoken(`requirements.standing.${code}`),
    text: code === 'not-required' ? spoken('room.sealed.notRequired') : spoken(`reports.meaning.${code}`),
  });

/** Letters and digits of names that are written in Latin letters, for the name of a file. */
const plainName = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');

/** What the file of a sealed list is called, without its number: whose people it lists, what is required of them, and on which day. */
export const listName = (organisation: string, titles: readonly string[], day: string): string =>
  [organisation, titles[0] ?? '', titles.length > 1 ? `and-${titles.length - 1}-more` : '', day]
    .map(plainName)
    .filter(part => part !== '')
    .join('_');
