import { canonicalJson } from '../lib/canonical-json.js';
import { sha256 } from '../lib/tokens.js';
import type { Card, HotlineCountry, HotlineLine, Hotlines } from '../courses/content/schema/types.js';
import type { OwnLine } from './own-line.js';
import { isExpired, linesOf, markLines, type Reading } from './reporting-lines.js';

/** Whom the card is for. `own`: the line that the organisation has entered, if any. */
interface CardFor {
  readonly card: Card;
  readonly hotlines: Hotlines;
  readonly country: HotlineCountry;
  readonly organisation: string;
  readonly own: OwnLine | null;
}

/** A number on the card. A type and not an interface: it is written as canonical JSON. */
type ToCall = {
  readonly kind: 'own' | HotlineLine['label'];
  readonly name: string;
  readonly phone: string | null;
  readonly url: string | null;
  readonly hours: string | null;
  readonly checkedOn: string | null;
};

/**
 * The card "What do I do?" in plain values for its page. Its version is a digest of everything that stands on it, so
 * that two cards with the same version say the same; its date is the newest day on which a part of it was written or
 * checked.
 */
export function actionCard({ card, hotlines, country, organisation, own }: CardFor, reading: Reading) {
  const lines = toCall(own, linesOf(hotlines, country, reading.now), reading.now);
  const { role, name, tell, say, toChild, do: dos, doNot } = card;
  const words = { role, name, tell, say, toChild, do: dos, doNot };
  const { emergency } = country;
  const digest = sha256(canonicalJson({ organisation, words, country: country.code, emergency, lines }));
  const days = [card.written, ...lines.flatMap(({ checkedOn }) => checkedOn ?? [])];
  return {
    ...words,
    organisation,
    country: { code: country.code, name: country.name },
    emergency,
    lines: markLines(lines, reading),
    version: `${digest.slice(0, 4)}-${digest.slice(4, 8)}`.toUpperCase(),
    date: reading.inWords(days.toSorted().at(-1) ?? card.written),
    href: cardHref(country.code, role),
  };
}

/** Where the card of a country and a role stands. */
export const cardHref = (country: string, role: string): string => `/card/${country.toLowerCase()}/${role}`;

/** The organisation's own line first, then one hotline and one child helpline: more does not fit, and nobody reads it. */
function toCall(own: OwnLine | null, lines: readonly HotlineLine[], now: number): ToCall[] {
  const first = (kind: HotlineLine['label']) =>
    lines.find(({ label, phone }) => label === kind && phone !== null) ??
    lines.find(({ label }) => label === kind);
  return [
    ...(own && !isExpired(own, now) ? [{ kind: 'own' as const, url: null, ...own }] : []),
    ...[first('hotline'), first('child-helpline')].flatMap(line =>
      line
        ? {
            kind: line.label,
            name: line.name,
            phone: line.phone,
            url: line.url,
            hours: line.hours,
            checkedOn: line.checkedOn,
          }
        : [],
    ),
  ];
}
