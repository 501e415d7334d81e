import { spoken } from '../../../platform/i18n/spoken.js';
import { isOn } from '../../../platform/lib/dated.js';
import { dayWords } from '../../../people/organisations/day-words.js';
import type { CreditFacts, RequirementFacts, SaidSpan } from '../../requirements/requirement-facts.js';
import type { RuleWords } from '../../requirements/rules/rule-sentence.js';
import type { WhyInputs } from './why-inputs.js';

/** Something that is known and decides: what it is, what it says, and since when it is known (epoch ms). */
export interface KnownFact {
  readonly kind: 'hired' | 'employment' | 'place' | 'credit' | 'void' | 'printed' | 'mark';
  readonly text: string;
  readonly recordedAt: number;
}

/** The words of a rule, and where completions come from that are not of our own courses, by credit. */
export type FactWords = RuleWords & { readonly sources: ReadonlyMap<string, string> };

/** What is known of somebody on a day as far as it decides. `facts` went through `asKnown`. */
export function knownFacts(
  { member, marks }: RequirementFacts,
  { day, version }: Pick<WhyInputs, 'day' | 'version'>,
  words: FactWords,
): KnownFact[] {
  const of = <V>(
    kind: KnownFact['kind'],
    spans: readonly SaidSpan<V>[],
    text: (value: V, from: string) => string,
  ) =>
    spans
      .filter(span => isOn(span, day))
      .map(({ value, fromDay, recordedAt }) => ({ kind, text: text(value, dayWords(fromDay)), recordedAt }));
  const credits = member.credits.filter(
    ({ course, completedOn }) => completedOn <= day && (version?.rule.courses.includes(course) ?? false),
  );
  return [
    ...of('hired', member.hired, value => dayWords(value)),
    ...of('employment', member.employment, (value, from) =>
      spoken('reports.why.since', { what: spoken(`people.employment.${value}`), from }),
    ),
    ...of('place', member.places, ({ unitId, job }, from) =>
      spoken('reports.why.since', { what: [words.unitName(unitId), job].filter(Boolean).join(', '), from }),
    ),
    ...of('mark', marks, (value, from) =>
      spoken('reports.why.since', { what: spoken(`exemptions.mark.${value}`), from }),
    ),
    ...credits.flatMap(credit => creditFacts(credit, words)),
  ];
}

/** A completion, what its certificate prints, and what became of it. */
const creditFacts = (
  { id, course, completedOn, recordedAt, printedEnds, voids }: CreditFacts,
  words: FactWords,
): KnownFact[] => {
  const completed = dayWords(completedOn);
  const text = spoken('reports.why.completed', { course: words.courseTitle(course), day: completed });
  return [
    {
      kind: 'credit',
      text: [text, words.sources.get(id)].filter(Boolean).join(' · '),
      recordedAt,
    },
    ...printedEnds.flatMap(({ lastDay, recordedAt: at }) =>
      lastDay === null ? [] : { kind: 'printed' as const, text: dayWords(lastDay), recordedAt: at },
    ),
    ...voids.map(({ fromDay, recordedAt: at }) => ({
      kind: 'void' as const,
      text: spoken('reports.why.void', { completed, from: dayWords(fromDay) }),
      recordedAt: at,
    })),
  ];
};

/** What is in the one and not in the other. */
export const missingIn = (some: readonly KnownFact[], others: readonly KnownFact[]): KnownFact[] =>
  some.filter(({ kind, text }) => !others.some(other => other.kind === kind && other.text === text));
