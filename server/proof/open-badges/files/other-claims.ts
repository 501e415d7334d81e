import type { Json } from '../../../platform/lib/canonical-json.js';
import { parseInteger } from '../../../platform/lib/numbers.js';
import { isObject, type JsonObject } from '../strict-form.js';

/** What another issuer's certificate says. Times are epoch milliseconds. Nothing of it is ours, and nothing is verified here. */
export interface OtherClaims {
  readonly issuerName: string;
  /** The address of the achievement, or its title where it has none. */
  readonly achievement: string;
  readonly title: string;
  readonly holderName: string | null;
  readonly awardedAt: number;
  readonly validUntil: number | null;
  /** Where its issuer says whether it revoked it: a status list (W3C Bitstring Status List) and the place in it; null: nowhere that we read. */
  readonly status: { readonly url: string; readonly index: number } | null;
}

/** The longest name or title that is read, and the longest address. */
const NAME = 300;
const ADDRESS = 500;

/** Reads what a document claims; null where it does not name an achievement or its day. */
export function readClaims(document: JsonObject): OtherClaims | null {
  const subject = firstOf(document['credentialSubject']);
  const achievement = isObject(subject['achievement']) ? subject['achievement'] : {};
  const title = line(achievement['name'], NAME);
  const awardedAt = momentIn(document['awardedDate']) ?? momentIn(document['validFrom']);
  if (title === null || awardedAt === null) return null;
  const issuer = isObject(document['issuer']) ? document['issuer'] : {};
  return {
    issuerName: line(issuer['name'], NAME) ?? '',
    achievement: line(achievement['id'], ADDRESS) ?? title,
    title,
    holderName: holderIn(subject),
    awardedAt,
    validUntil: momentIn(document['validUntil']),
    status: statusIn(document['credentialStatus']),
  };
}

/** The name of the holder, where it stands in clear. */
function holderIn(subject: JsonObject): string | null {
  const named = firstOf(subject['identifier']);
  const clear = named['hashed'] === false ? line(named['identityHash'], NAME) : null;
  return clear ?? line(subject['name'], NAME);
}

function statusIn(value: Json | undefined): OtherClaims['status'] {
  const all = (Array.isArray(value) ? (value as Json[]) : [value]).filter(each => isObject(each));
  const entry = all.find(
    ({ type, statusPurpose }) => type === 'BitstringStatusListEntry' && statusPurpose === 'revocation',
  );
  const url = line(entry?.['statusListCredential'], ADDRESS);
  const index = parseInteger(entry?.['statusListIndex'], { min: 0, max: 2 ** 31 - 1 });
  return url === null || index === null ? null : { url, index };
}

const firstOf = (value: Json | undefined): JsonObject => {
  const first = Array.isArray(value) ? (value as Json[])[0] : value;
  return isObject(first) ? first : {};
};

/** One line of at most so many letters, without control characters. */
function line(value: Json | undefined, most: number): string | null {
  if (typeof value !== 'string') return null;
  const text = value.replace(/\p{Cc}/gu, ' ').trim();
  return text !== '' && text.length <= most ? text : null;
}

function momentIn(value: Json | undefined): number | null {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? null : ms;
}
