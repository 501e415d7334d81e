import { formatDate, type Place } from '../../../../platform/i18n/i18n.js';
import { spoken } from '../../../../platform/i18n/spoken.js';
import { parseInteger } from '../../../../platform/lib/numbers.js';
import { quizName } from '../../quiz-words.js';
import { publishedTitles } from '../published-titles.js';
import { regradeAddresses } from '../regrade-texts.js';
import { askedIn } from './item-versions.js';
import { rulingsBefore, type LoggedRuling } from './rulings-log.js';
import { rulingAddress, rulingText } from './ruling-text.js';
import { pageOfList } from '../../../../platform/lib/lists/page-of-list.js';

/** Rows on one page of the log. */
const PAGE = 50;
/** No ruling has a number as high as this. */
const ABOVE_ALL = 1_000_000_000;

/** The log of all rulings, newest first from the number `before` on, and the quizzes that ask the question `query`. */
export async function logPage({ query, before }: { query: string; before: string }, place: Place) {
  const from = parseInteger(before, { min: 1, max: ABOVE_ALL }) ?? ABOVE_ALL;
  const { shown, last } = await pageOfList(PAGE, limit => rulingsBefore(from, limit));
  return {
    question: query,
    places: (await askedIn(query)).map(asking => ({
      text: `${quizName(asking.quiz, asking.title, spoken)} · ${asking.course}`,
      href: rulingAddress({ ...asking, itemId: asking.item.id }),
    })),
    rulings: await Promise.all(shown.map(ruling => logRow(ruling, place))),
    next: last ? `/admin/rulings?before=${last.number}` : null,
  };
}

const logRow = async (ruling: LoggedRuling, place: Place) => ({
  ...(await publishedTitles(ruling, ruling.toVersion)),
  itemId: ruling.itemId,
  href: regradeAddresses(ruling.regradeId).page,
  said: rulingText(ruling, spoken),
  reason: ruling.reason,
  who: ruling.who,
  when: formatDate(ruling.at, place),
  attempts: Number(ruling.attempts),
});
