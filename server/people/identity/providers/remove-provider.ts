import { row, rows } from '../../../platform/db/rows.js';
import { sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { record } from '../../../platform/events/record.js';
import { endClaimedRoles } from '../claimed-roles.js';
import type { DoneBy } from '../domains/domains.js';
import type { ProviderFacts } from './providers.js';
import { ClaimedRole, Identity, IdentityProvider, IdentityRule, IdentityTrip } from '../tables.js';

/** Remove a provider, with what hangs on it: nobody signs in with it any more, and roles that came of its claims end. */
export const removeProvider = (
  provider: ProviderFacts,
  { organisationId, actorId, now }: DoneBy,
): Promise<void> =>
  inTransaction(async () => {
    const { id } = provider;
    await endClaimedRoles(provider, actorId, now);
    for (const table of [IdentityRule, IdentityTrip, Identity, ClaimedRole])
      await rows(sql`delete from ${table} where provider_id = $1`, [id]);
    if (!(await row(sql`delete from ${IdentityProvider} where id = $1 returning id`, [id]))) return;
    await record('identity-provider.removed', { providerId: id }, { actorId, organisationId, now });
  });
