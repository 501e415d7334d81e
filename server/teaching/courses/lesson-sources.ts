import type { Citation } from '../../platform/lib/text/markdown.js';
import { isOwnFact, publicAddress, sourceName } from '../content/fact-source.js';
import type { Fact } from '../content/schema/types.js';

/**
 * A source as a lesson lists it: `text` is publisher and year, `titles` are what of it was cited, `id` is its place in the
 * list, `places` those in the text that lead to it.
 */
export interface LessonSource {
  readonly id: string;
  readonly text: string;
  readonly titles: { readonly text: string; readonly href: string | null }[];
  readonly places: { readonly href: string; readonly name: string }[];
}

/** The words that numbers and ways back are read out as. */
export interface SourceNames {
  readonly source: (number: number) => string;
  readonly back: (place: number) => string;
}

/**
 * The sources of one lesson, numbered in the order in which its text cites them. `cite` adds those of a place in the text.
 * Facts of one publisher and year share a number.
 */
export function lessonSources(facts: readonly Fact[], names: SourceNames) {
  const sources: LessonSource[] = [];
  const cite = (ids: readonly string[]): Citation[] => {
    const cited = ids.flatMap(id => facts.find(fact => fact.id === id && !isOwnFact(fact)) ?? []);
    return [...new Set(cited.map(fact => sourceOf(fact, sources)))].map(source => {
      const number = sources.indexOf(source) + 1;
      const place = source.places.length + 1;
      const id = `cited-${number}-${place}`;
      source.places.push({ href: `#${id}`, name: names.back(place) });
      return { number, id, href: `#${source.id}`, name: names.source(number) };
    });
  };
  return { sources, cite };
}

/** The source of a fact among those that are listed; at their end where it is new. */
function sourceOf(fact: Fact, sources: LessonSource[]): LessonSource {
  const text = sourceName(fact);
  const known = sources.find(source => source.text === text);
  const source = known ?? { id: `source-${sources.length + 1}`, text, titles: [], places: [] };
  if (!known) sources.push(source);
  if (source.titles.every(title => title.text !== fact.source))
    source.titles.push({ text: fact.source, href: publicAddress(fact) });
  return source;
}
