import type { Request } from 'express';
import { NotFound } from '../../errors.js';
import { actorOf } from '../../http/page.js';
import { isId } from '../../lib/ids.js';
import { authorise, signedIn, type Actor } from '../../policy.js';
import { keptOrganisation, type KeptOrganisation } from './keep-organisations.js';

/** The organisation that an address names, for those who may do `action` to it. Throws otherwise: 404 for outsiders. */
export async function organisationToOpen(
  req: Request,
  action: 'organisation.audit' | 'organisation.administer',
): Promise<{ organisation: KeptOrganisation; actor: Actor }> {
  const actor = signedIn(actorOf(req));
  const { id } = req.params;
  const organisation = isId(id) ? await keptOrganisation(id) : null;
  authorise(actor, action, organisation && { organisationId: organisation.id });
  if (!organisation) throw new NotFound();
  return { organisation, actor };
}
