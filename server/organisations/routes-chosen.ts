import type { Request } from 'express';
import { NotFound } from '../errors.js';
import { typed } from '../http/forms.js';
import { actorOf } from '../http/page.js';
import { organisationsNamed } from './memberships.js';
import { managedBy, signedIn } from '../policy.js';

interface Named {
  readonly id: string;
  readonly name: string;
}

/**
 * The organisations whose figures the reader may see, and the one that the address asks for (`organisation`). Managers
 * see their own, the first when they ask for none; administrators those that `have` figures, and null when they ask for
 * none. 404 for any other organisation, and to those who manage nobody.
 */
export async function chosenOrganisation(req: Request, have: () => Promise<Named[]>) {
  const { isAdministrator, ...actor } = signedIn(actorOf(req));
  const organisations: Named[] = isAdministrator ? await have() : await organisationsNamed(managedBy(actor));
  const id = typed(req.query, 'organisation');
  const first = isAdministrator ? null : organisations[0];
  const current = id === '' ? first : organisations.find(each => each.id === id);
  if (current === undefined) throw new NotFound();
  return { isAdministrator, organisations, current };
}
