import { isCurrent } from '../content/fact-expiry.js';
import type { Library } from '../content/library.js';
import { packAnswers } from '../content/pack-answers.js';
import { isOwnFact, publicAddress, sourceName } from '../content/fact-source.js';
import type { Fact, Pack, Statement } from '../content/schema/types.js';
import { markHotlines, usableHotlines, type PageContext } from './hotlines.js';

/** The countries that have a pack, by name; the page for all others comes last. */
export const packRows = (packs: readonly Pack[], { inWords }: PageContext) =>
  [...packs].sort(byName).map(({ code, name, summary, checkedOn, reviewedBy }) => ({
    name,
    summary,
    href: lawHref(code),
    checked: inWords(checkedOn),
    reviewed: reviewedBy.length > 0,
  }));

const byName = (a: Pack, b: Pack): number =>
  Number(a.code === 'int') - Number(b.code === 'int') || a.name.localeCompare(b.name);

/** The address of a country's page, or of the list where the country has none. Elsewhere country codes are in capitals. */
export const lawHrefOf = (packs: readonly Pack[], country: string | undefined): string =>
  packs.some(({ code }) => code === country?.toLowerCase()) ? lawHref(country?.toLowerCase()) : '/law';

const lawHref = (code = ''): string => `/law/${code}`;

/** One pack in plain values for its page. */
export function packPage(pack: Pack, library: Library, { now, inWords }: PageContext) {
  const country = library.hotlines.countries.find(({ code }) => code === pack.code.toUpperCase());
  const lines = library.hotlines.countries.flatMap(each => each.lines);
  const current = { facts: currentFacts(library, now), ownSources: isCurrent(pack, now) };
  const shown = (statement: Statement) => toShown(statement, pack, current);
  return {
    title: pack.title,
    summary: pack.summary,
    country: country?.code ?? 'INT',
    emergency: country?.emergency ?? null,
    lines: markHotlines(
      usableHotlines(
        pack.hotlines.flatMap(id => lines.find(line => line.id === id) ?? []),
        now,
      ),
      { now, inWords },
    ),
    notice: library.hotlines.notice,
    parts: partsOf(pack).map(({ part, questions }) => ({
      part,
      questions: questions.map(({ question, answer }) => ({ question, answers: answer.map(shown) })),
    })),
    places: pack.places.map(({ name, answers }) => ({ name, answers: answers.map(shown) })),
    limits: pack.limits,
    sources: pack.sources,
    checked: inWords(pack.checkedOn),
    reviews: pack.reviewedBy.map(({ role, name, on }) => ({ role, name, date: inWords(on) })),
  };
}

function partsOf(pack: Pack) {
  const answers = packAnswers(pack);
  return [...new Set(answers.map(({ part }) => part))].map(part => ({
    part,
    questions: answers.filter(each => each.part === part),
  }));
}

const currentFacts = ({ facts }: Library, now: number): Fact[] => facts.filter(fact => isCurrent(fact, now));

/**
 * A statement with links to its facts and sources. `current`: the facts that have not expired, and whether the pack's own
 * sources have not; a statement that rests on anything else is not confirmed any more. A fact that the page of sources does not show, or that only the course says, gets no link.
 */
function toShown({ text, confirmed, facts, sources }: Statement, pack: Pack, current: Current) {
  const cited = facts.flatMap(id => current.facts.find(fact => fact.id === id) ?? []);
  const isCarried = cited.length === facts.length && (sources.length === 0 || current.ownSources);
  return {
    text,
    confirmed: confirmed && isCarried,
    references: [
      ...sources.flatMap(id => {
        const source = pack.sources.find(each => each.id === id);
        return source ? [{ text: source.title, href: `#source-${id}` }] : [];
      }),
      ...factSources(cited),
    ],
  };
}

interface Current {
  readonly facts: readonly Fact[];
  readonly ownSources: boolean;
}

/** The sources of facts by publisher and year, each once. */
function factSources(facts: readonly Fact[]) {
  const named = facts
    .filter(fact => !isOwnFact(fact))
    .flatMap(fact => {
      const href = publicAddress(fact);
      return href ? [{ text: sourceName(fact), href }] : [];
    });
  return named.filter(({ text }, at) => named.findIndex(other => other.text === text) === at);
}
