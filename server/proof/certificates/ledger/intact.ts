import { orNull, renamed } from '../../../platform/db/sql.js';
import { sha256 } from '../../../platform/lib/tokens.js';
import { readFacts } from '../lifecycle/award-facts.js';
import { editedIn, ENTRY, matchesHash, type LedgerRow, type StoredCertificate } from './hash.js';
import { IssuanceEntry } from './tables.js';
import type { AwardFacts } from '../../open-badges/credential.js';
import { readSigned, type SignedFacts } from '../../open-badges/signed-facts.js';

const ENTERED = Object.fromEntries(ENTRY.map(name => [`entered.${name}`, name])) as {
  readonly [Name in keyof LedgerRow as `entered.${Name}`]: Name;
};

/** The ledger's entry of a certificate, beside its own columns. All are null where there is none. */
export type Entered = { readonly [Name in keyof typeof ENTERED]: LedgerRow[(typeof ENTERED)[Name]] | null };

/** Its columns, for a `select` that joins the ledger `e`. */
export const ENTERED_COLUMNS = orNull(renamed(IssuanceEntry, 'e', ENTERED));

/** A certificate's facts and dates, as far as its columns can be relied on. */
export interface AsStored {
  readonly facts: AwardFacts;
  readonly awardedAt: number;
  readonly validUntil: number | null;
  readonly isIntact: boolean;
  /** The hash of the award, of one that is intact and issued. */
  readonly awardSha256: string | null;
}

/**
 * A certificate as its row has it, if that is what was awarded and signed; an award that is not signed yet is believed.
 * From an edited row only the signed text is taken, and only if at least that is unchanged.
 */
export function asStored(found: StoredCertificate & Entered): AsStored {
  const { awardedAt, validUntil, issuedAt } = found;
  const facts = readFacts(found.facts);
  const entry = entryOf(found);
  const isAsIssued = entry ? matchesHash(entry) && editedIn(found, entry).length === 0 : issuedAt === null;
  if (facts && isAsIssued)
    return { facts, awardedAt, validUntil, isIntact: true, awardSha256: entry?.awardSha256 ?? null };
  const isTextIntact = entry !== null && sha256(found.credential ?? '') === entry.sha256;
  return { ...standIn(isTextIntact ? signedFacts(found) : null, found), isIntact: false, awardSha256: null };
}

/** The hashes that are left of a certificate whose details were erased. */
interface ErasedHashes {
  readonly erasedSha256: string | null;
  readonly erasedAwardSha256: string | null;
}

/**
 * A certificate whose details were erased: what is left of its facts can be relied on no longer, and that it was issued is
 * proven by its entry in the ledger, which has the same hashes.
 */
export function asErased(found: StoredCertificate & Entered & ErasedHashes): AsStored {
  const entry = entryOf(found);
  const isProven =
    entry !== null &&
    matchesHash(entry) &&
    entry.sha256 === found.erasedSha256 &&
    entry.awardSha256 === found.erasedAwardSha256;
  const { awardedAt, validUntil } = found;
  const facts = readFacts(found.facts) ?? standIn(null, found).facts;
  return { facts, awardedAt, validUntil, isIntact: isProven, awardSha256: null };
}

/** What the stored text says, or null where there is none that can be read. Its signature is not checked. */
export function signedFacts({ credential }: { readonly credential: string | null }): SignedFacts | null {
  try {
    return credential === null ? null : readSigned(credential);
  } catch {
    return null;
  }
}

function entryOf(found: Entered): LedgerRow | null {
  if (found['entered.seq'] === null) return null;
  return Object.fromEntries(ENTRY.map(name => [name, found[`entered.${name}`]])) as unknown as LedgerRow;
}

/** Shown where nothing is known. */
const NOTHING = '—';

function standIn(
  signed: SignedFacts | null,
  { id, awardedAt }: StoredCertificate,
): Omit<AsStored, 'isIntact' | 'awardSha256'> {
  const dates = { awardedAt: signed?.awardedAt ?? awardedAt, validUntil: signed?.validUntil ?? null };
  const { title = NOTHING, subject = null, showed = NOTHING } = signed?.course ?? {};
  const facts: AwardFacts = {
    ...dates,
    credentialId: id,
    subjectId: '',
    name: signed?.name ?? NOTHING,
    course: {
      slug: '',
      title,
      summary: showed,
      version: 0,
      criteria: showed,
      ...(subject !== null && { certificate: { subject, showed } }),
    },
    organisationName: NOTHING,
    modules: [],
    minutes: 0,
    assurance: 'holder',
    baseUrl: '',
    issuerName: NOTHING,
    statusList: { id: 0, index: 0 },
  };
  return { ...dates, facts };
}
