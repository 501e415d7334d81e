import { organisationPack } from '../../certificates/audit-pack/organisation-pack.js';
import { countOf } from '../../certificates/audit-pack/pack-queries.js';
import { withSums } from '../../certificates/audit-pack/shared-files.js';
import { dayOf } from '../../../platform/lib/days.js';
import { zipFiles, type PackFile } from '../../../platform/lib/zip.js';
import { findOrganisation } from '../../../people/organisations/memberships.js';
import type { SealedAsk, SealedDeps, SealedKind } from '../sealed/sealed-kind.js';

type Nothing = Readonly<Record<string, never>>;

/** Every certificate of an organisation, with what proves that none is left out. */
export const auditPack: SealedKind<Nothing> = {
  kind: 'audit-pack',
  action: 'organisation.manage',
  keptDays: 30,
  type: 'application/zip',
  fileName: ({ knownAt }) => `audit-pack-${dayOf(knownAt, 'UTC')}.zip`,
  make: (ask, deps) => zipFiles(withSums(packFiles(ask, deps))),
};

async function* packFiles(
  { organisationId }: SealedAsk<Nothing>,
  { issuer, progress }: SealedDeps,
): AsyncGenerator<PackFile> {
  const organisation = await findOrganisation(organisationId);
  if (!organisation) throw new Error('There is no such organisation');
  const total = await countOf(organisationId);
  yield* organisationPack(organisation, issuer, done => progress(done, total));
}
