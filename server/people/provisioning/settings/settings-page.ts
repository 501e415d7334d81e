import { z } from 'zod';
import { tokensHome } from '../../api-tokens/tokens-page.js';
import { formatMoment, type Place } from '../../../platform/i18n/i18n.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { unitPaths } from '../../organisations/units/unit-options.js';
import { directoryGroups } from '../groups/stored-groups.js';
import { OURS } from '../protocol/attributes.js';
import { lastRequests } from '../request-log.js';

export const provisioningHome = (organisationId: string): string =>
  `/organisations/${organisationId}/provisioning`;

/** Where a directory may say in which unit somebody works. */
const UNIT_SOURCES = ['none', 'department', 'costCenter', 'organization', 'division'] as const;

/** What an administrator chooses. */
export const settingsForm = z.object({
  unitFrom: z.enum(UNIT_SOURCES, 'errors.unit-from'),
  invites: z
    .literal('yes')
    .optional()
    .catch(undefined)
    .transform(chosen => chosen === 'yes'),
});

/** What is sent where: of the directory, and what it becomes here. The names of attributes are those of SCIM. */
const MAPPED = [
  ['userName', 'userName'],
  ['name', 'name.givenName, name.familyName'],
  ['email', 'emails'],
  ['active', 'active'],
  ['staffNumber', 'employeeNumber'],
  ['hiredOn', `${OURS}:hireDate`],
  ['job', 'title'],
  ['manager', 'manager'],
] as const;

/** The page on which an administrator connects a directory: what to paste there, what it may do, and how it goes. */
export async function settingsPage(organisationId: string, address: string, place: Place) {
  const home = provisioningHome(organisationId);
  const units = new Map((await unitPaths(organisationId)).map(({ id, path }) => [id, path]));
  return {
    ...{ address, action: home, tokensHref: tokensHome(organisationId) },
    mapped: MAPPED.map(([name, attribute]) => ({
      name: spoken(`provisioning.mapped.${name}`),
      attribute,
    })),
    sources: UNIT_SOURCES.map(value => ({ value, label: spoken(`provisioning.unitFrom.${value}`) })),
    groups: (await directoryGroups(organisationId)).map(({ id, displayName, means, unitId }) => ({
      name: displayName,
      href: `${home}/groups/${id}`,
      meaning: meaningText({ means, unit: unitId === null ? null : (units.get(unitId) ?? null) }),
    })),
    requests: (await lastRequests(organisationId)).map(({ askedAt, method, path, status, detail }) => [
      { text: formatMoment(Number(askedAt), place) },
      { text: `${method} ${path}`, code: true },
      { text: status },
      // What was told to a program is in English, whatever a person reads.
      detail === null ? { text: spoken('provisioning.fine') } : { text: detail, isName: true },
    ]),
  };
}

/** `unit`: the way to it; null: the whole organisation. */
function meaningText({
  means,
  unit,
}: {
  means: 'place' | 'manager' | 'instructor' | null;
  unit: string | null;
}): string {
  if (means === null) return spoken('provisioning.means.nothing');
  return `${spoken(`provisioning.means.${means}`)}: ${unit ?? spoken('roles.whole')}`;
}
