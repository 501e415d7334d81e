import { formatDate } from '../../platform/i18n/i18n.js';
import { hereIn } from '../../platform/i18n/spoken.js';
import { isCurrent } from '../content/fact-expiry.js';
import type { Fact } from '../content/schema/types.js';

/** All facts at once would be a long download. */
const FACTS_ON_A_PAGE = 60;

/**
 * The values of the page of sources at `now` (epoch ms): the facts that were checked and have not expired, in parts.
 * `wanted` is the id of a fact in the part to show.
 */
export function sourcesValues(facts: readonly Fact[], wanted: string, now: number) {
  const checked = facts.filter(
    fact => (fact.status === 'verified' || fact.status === 'interpretation') && isCurrent(fact, now),
  );
  const at = checked.findIndex(({ id }) => id === wanted);
  const first = Math.floor(Math.max(at, 0) / FACTS_ON_A_PAGE) * FACTS_ON_A_PAGE;
  return {
    parts: partsOf(checked, first),
    facts: checked.slice(first, first + FACTS_ON_A_PAGE).map(factValues),
  };
}

const factValues = ({ id, statement, source, publisher, year, url, checked }: Fact) => ({
  id,
  statement,
  source: `${publisher}, ${source}`,
  year,
  url: url ?? null,
  checked: dayInWords(checked),
});

/** A date has no time zone: it is read as midnight UTC, so it is written in UTC, too. */
const dayInWords = (day: string): string => formatDate(Date.parse(day), hereIn('UTC'));

/** Links to the parts of the list of facts, each named by its first and last fact. */
function partsOf(facts: readonly Fact[], first: number) {
  const starts = facts.flatMap((_, index) => (index % FACTS_ON_A_PAGE === 0 ? index : []));
  return starts.map(start => {
    const part = facts.slice(start, start + FACTS_ON_A_PAGE);
    const [from = '', to = ''] = [part[0]?.id, part.at(-1)?.id];
    return { from, to, href: `/sources?fact=${from}`, current: start === first };
  });
}
