import { holdersByCode } from '../../../proof/certificates/holders-by-code.js';
import { codeBeginning } from '../../../platform/lib/ids.js';
import { membersOf } from '../../../people/organisations/people/find-members.js';
import type { Actor } from '../../../policy.js';

/** How many people are shown for the beginning of a certificate's number. */
const MOST = 20;

/** The people of an organisation, of those whom `actor` may see, who hold a certificate whose number begins with the query. */
export async function membersWithCertificate(
  actor: Actor,
  { organisationId, query }: { organisationId: string; query: string },
) {
  const code = codeBeginning(query);
  const holders = code === null ? [] : await holdersByCode(organisationId, code, MOST);
  return holders.length === 0 ? [] : membersOf(actor, organisationId, holders);
}
