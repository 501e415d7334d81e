import { NotFound } from '../../../errors.js';
import { isId } from '../../../platform/lib/ids.js';
import { authorise, signedIn, type Actor } from '../../../policy.js';
import { keptOrganisation, type KeptOrganisation } from './keep-organisations.js';

/** The organisation with this id, for somebody who may do `action` to it. Throws otherwise: 404 for outsiders. */
export async function organisationToOpen(
  actor: Actor | null,
  id: unknown,
  action: 'organisation.manage' | 'organisation.people' | 'organisation.administer',
): Promise<{ organisation: KeptOrganisation; actor: Actor }> {
  const organisation = isId(id) ? await keptOrganisation(id) : null;
  authorise(actor, action, organisation && { organisationId: organisation.id });
  if (!organisation) throw new NotFound();
  return { organisation, actor: signedIn(actor) };
}
