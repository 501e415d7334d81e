import { canonicalJson } from '../../platform/lib/canonical-json.js';
import { sha256 } from '../../platform/lib/tokens.js';
import type { Card, HotlineCountry, Hotline, HotlineDirectory } from '../content/schema/types.js';
import type { OwnHotlineFacts } from './own-hotlines/own-hotline.js';
import { isExpired, hotlinesFor, markHotlines, type PageContext } from './hotlines.js';

/** Whom the card is for. `own`: the organisation's own hotline, if it has entered one. */
interface CardFor {
  readonly card: Card;
  readonly hotlines: HotlineDirectory;
  readonly country: HotlineCountry;
  readonly organisation: string;
  readonly own: OwnHotlineFacts | null;
}

/** A number on the card. A type and not an interface: it is written as canonical JSON. */
type ToCall = {
  readonly kind: 'own' | Hotline['label'];
  readonly name: string;
  readonly phone: string | null;
  readonly url: string | null;
  readonly hours: string | null;
  readonly checkedOn: string | null;
};

/**
 * The card "What do I do?" in plain values for its page. Its version is a digest of everything on it, so that two cards
 * with the same version say the same; its date is the latest day on which a part of it was written or checked.
 */
export function actionCard({ card, hotlines, country, organisation, own }: CardFor, page: PageContext) {
  const lines = toCall(own, hotlinesFor(hotlines, country, page.now), page.now);
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
    lines: markHotlines(lines, page),
    version: `${digest.slice(0, 4)}-${digest.slice(4, 8)}`.toUpperCase(),
    date: page.inWords(days.toSorted().at(-1) ?? card.written),
    href: cardHref(country.code, role),
  };
}

/** The address of the card for a country and a role. */
export const cardHref = (country: string, role: string): string => `/card/${country.toLowerCase()}/${role}`;

/** The organisation's own hotline first, then one hotline and one child helpline: more does not fit, and nobody would read it. */
function toCall(own: OwnHotlineFacts | null, lines: readonly Hotline[], now: number): ToCall[] {
  const first = (kind: Hotline['label']) =>
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
