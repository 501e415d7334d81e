import { NotFound } from '../../errors.js';
import { can, managedBy, type Actor } from '../../policy.js';
import { organisationsNamed } from './memberships.js';

interface Named {
  readonly id: string;
  readonly name: string;
}

/**
 * The organisations whose figures `actor` may see, and the one with the id `wanted`. Managers of a whole organisation see
 * their own, and the first of them where none is wanted (''); administrators see those that `have` figures, and null where
 * none is wanted. Throws NotFound for any other organisation, and for those who manage none.
 */
export async function chosenOrganisation(actor: Actor, wanted: string, have: () => Promise<Named[]>) {
  const { isAdministrator } = actor;
  const whole = managedBy(actor).filter(organisationId =>
    can(actor, 'organisation.manage', { organisationId }),
  );
  const organisations: Named[] = isAdministrator ? await have() : await organisationsNamed(whole);
  const first = isAdministrator ? null : organisations[0];
  const current = wanted === '' ? first : organisations.find(({ id }) => id === wanted);
  if (current === undefined) throw new NotFound();
  return { isAdministrator, organisations, current };
}

/**
 * The organisation with the id `wanted` (the first where it is '') among those in which `actor` manages anybody. Throws
 * NotFound for any other.
 */
export async function chosenTeam(actor: Actor, wanted: string): Promise<Named> {
  const teams = await organisationsNamed(managedBy(actor));
  const current = wanted === '' ? teams[0] : teams.find(({ id }) => id === wanted);
  if (!current) throw new NotFound();
  return current;
}
