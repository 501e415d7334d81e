import { giveMeaning } from '../../../../../server/people/provisioning/settings/group-meaning.js';
import { keepDirectorySettings } from '../../../../../server/people/provisioning/settings/directories.js';
import { findGroup } from '../../../../../server/people/provisioning/groups/stored-groups.js';
import { directory, mara } from '../../../../people/provisioning/of-scim.js';
import { employer, unit } from '../../../../support/organisations.js';
import { dina } from '../../../../support/people.js';
import { otherOrganisation } from '../../../../support/roles.js';
import { NONE, refused } from '../../../looks/look-refusal.js';
import { seenBy, type Scene } from '../../scene.js';

/** How a directory of staff is connected, what its groups mean, and how its requests went. */
export async function directoryScenes(): Promise<Scene[]> {
  const [{ browser, id: actorId }, organisation] = [await dina(), await employer()];
  const lyon = await unit(organisation, 'Maximiliane-Friederike-Klassenzimmer für Fortgeschrittene');
  const its = await directory(organisation.id);
  const by = { organisationId: organisation.id, actorId, now: Date.now() };
  await keepDirectorySettings({ unitFrom: 'department', invites: true }, by);
  const person = await its.add(mara());
  await its.ask('POST', '/Users', mara());
  await its.ask('GET', '/Users?filter=userName');
  const { id } = (await its.ask('POST', '/Groups', { displayName: 'Crew', members: [{ value: person }] }))
    .body;
  const crew = await findGroup(organisation.id, id);
  if (!crew) throw new Error('The group is gone');
  await giveMeaning(crew, { means: 'place', unitId: lyon }, { actorId, now: Date.now() });
  const other = (await its.ask('POST', '/Groups', { displayName: 'SG-Training-Managers-EMEA-All-Bases' }))
    .body.id;
  const see = seenBy(browser);
  const home = `/organisations/${organisation.id}/provisioning`;
  return [
    see('directory', `${home}?done=group-meant`),
    see('directory-none', `/organisations/${await otherOrganisation()}/provisioning`),
    see('directory-wrong', home, refused(home, { unitFrom: NONE })),
    see('directory-group', `${home}/groups/${id}`),
    see('directory-group-new', `${home}/groups/${other}`),
    see(
      'directory-group-wrong',
      `${home}/groups/${id}`,
      refused(`${home}/groups/${id}`, { means: 'place', unit: NONE }),
    ),
  ];
}
