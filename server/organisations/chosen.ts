import { NotFound } from '../errors.js';
import { organisationsNamed } from './memberships.js';
import { managedBy, type Actor } from '../policy.js';

interface Named {
  readonly id: string;
  readonly name: string;
}

/**
 * The organisations whose figures `actor` may see, and the one with the id `wanted`. Managers see their own, and the first
 * of them where none is wanted (''); administrators see those that `have` figures, and null where none is wanted. Throws
 * NotFound for any other organisation, and for those who manage nobody.
 */
export async function chosenOrganisation(
  { isAdministrator, ...actor }: Actor,
  wanted: string,
  have: () => Promise<Named[]>,
) {
  const organisations: Named[] = isAdministrator ? await have() : await organisationsNamed(managedBy(actor));
  const first = isAdministrator ? null : organisations[0];
  const current = wanted === '' ? first : organisations.find(({ id }) => id === wanted);
  if (current === undefined) throw new NotFound();
  return { isAdministrator, organisations, current };
}
