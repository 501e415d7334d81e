import { insertOnce } from '../../../platform/db/rows.js';
import type { NewRow } from '../../../platform/db/table.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { newId } from '../../../platform/lib/ids.js';
import { foldedWords } from '../../../platform/lib/text/folding.js';
import { holdOrganisation } from '../../../people/organisations/hold-organisation.js';
import { countElsewhere } from './decide.js';
import { equivalentOf } from './stored-elsewhere.js';
import { CertificateElsewhere } from './tables.js';

/** What a certificate says: read from a file that was verified, or typed from paper. */
export type BroughtFacts = Pick<
  NewRow<typeof CertificateElsewhere>,
  'way' | 'issuer' | 'issuerName' | 'achievement' | 'title' | 'completedOn'
> & {
  readonly holderName: string | null;
  readonly number: string | null;
  readonly lastDay: string | null;
  readonly sha256: string | null;
  readonly statusUrl: string | null;
  readonly statusIndex: number | null;
};

/** Whose certificate it is, under which name the organisation knows them, who hands it in, and when (epoch ms). */
export interface BroughtBy {
  readonly organisation: { readonly id: string; readonly timeZone: string };
  readonly membershipId: string;
  /** Their account; null: they have none. */
  readonly userId: string | null;
  readonly name: string;
  readonly actorId: string;
  readonly now: number;
}

/**
 * Take a certificate from elsewhere. A file of an issuer and an achievement about which an administrator has decided before counts
 * at once, where it names the person as the organisation does; any other waits for an administrator. `again`: the file was
 * handed in before.
 */
export function bringCertificate(
  facts: BroughtFacts,
  by: BroughtBy,
): Promise<'counted' | 'waiting' | 'again'> {
  return inTransaction(async () => {
    const { organisation, membershipId, actorId, now } = by;
    await holdOrganisation(organisation.id);
    const id = newId();
    const brought = { id, organisationId: organisation.id, membershipId, ...facts };
    const entered = { enteredBy: actorId, enteredAt: now, state: 'waiting' as const };
    if (!(await insertOnce(CertificateElsewhere, { ...brought, ...entered }))) return 'again';
    const news = { elsewhereId: id, membershipId, way: facts.way };
    await record('elsewhere.brought', news, { organisationId: organisation.id, actorId, now });
    const known = await knownCourse(facts, by);
    if (!known) return 'waiting';
    await countElsewhere(id, known.courseSlug, { organisation, actorId: known.decidedBy, now });
    return 'counted';
  });
}

/** What was decided of the same before, by somebody else than the person whose certificate it is. */
async function knownCourse(
  { way, issuer, achievement, holderName }: BroughtFacts,
  { organisation, name, userId }: BroughtBy,
) {
  if (way !== 'file' || holderName === null || !isSameName(holderName, name)) return null;
  const known = await equivalentOf(organisation.id, { issuer, achievement });
  return known?.decidedBy === userId ? null : known;
}

/** The same words in any order, without regard to case and accents. */
export const isSameName = (one: string, other: string): boolean =>
  foldedWords(one).sort().join(' ') === foldedWords(other).sort().join(' ');
