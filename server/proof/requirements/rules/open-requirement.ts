import { NotFound } from '../../../errors.js';
import { dayOf } from '../../../platform/lib/days.js';
import { isId } from '../../../platform/lib/ids.js';
import { can, type Actor } from '../../../policy.js';
import { organisationToOpen } from '../../../people/organisations/settings/open-organisation.js';
import { versionsOf } from './stored-requirements.js';
import type { StoredVersion } from './requirement-versions.js';

/** The requirements of an organisation, as somebody may see them. */
export interface OpenRequirements {
  readonly actor: Actor;
  readonly organisation: { readonly id: string; readonly name: string; readonly timeZone: string };
  readonly today: string;
  readonly now: number;
  readonly mayChange: boolean;
}

/** Requirements of an organisation, for those who may do `action` to it. Throws `NotFound` to everybody else, `SignInNeeded` to visitors. */
export async function openRequirements(
  reader: Actor | null,
  id: unknown,
  { now, action }: { now: number; action: 'organisation.people' | 'organisation.administer' },
): Promise<OpenRequirements> {
  const { organisation, actor } = await organisationToOpen(reader, id, action);
  const mayChange = can(actor, 'organisation.administer', { organisationId: organisation.id });
  return { actor, organisation, today: dayOf(now, organisation.timeZone), now, mayChange };
}

/** One of them with all its versions. Throws `NotFound` where the organisation has none with this id. */
export async function openRequirement(
  { organisation }: { readonly organisation: { readonly id: string } },
  requirementId: unknown,
): Promise<{ readonly requirementId: string; readonly versions: readonly StoredVersion[] }> {
  const versions = isId(requirementId) ? await versionsOf(organisation.id, requirementId) : [];
  if (!isId(requirementId) || versions.length === 0) throw new NotFound();
  return { requirementId, versions };
}

/** The address of an organisation's requirements. */
export const requirementsHome = (organisationId: string): string =>
  `/organisations/${organisationId}/requirements`;
