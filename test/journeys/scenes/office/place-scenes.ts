import { bySystem, employer, inDays, linked, member, TODAY, unit } from '../../../support/organisations.js';
import { dina } from '../../../support/people.js';
import {
  endEmployment,
  goOnLeave,
  moveHome,
  placeAlso,
} from '../../../../server/people/organisations/people/members.js';
import { NONE, refused } from '../../looks/look-refusal.js';
import { seenBy, type Scene } from '../scene.js';

/** Where somebody works, and each step that changes it. */
export async function placeScenes(): Promise<Scene[]> {
  const { browser, id: userId } = await dina();
  const see = seenBy(browser);
  const organisation = await employer();
  const oslo = await unit(organisation, 'Oslo Gardermoen');
  const bergen = await unit(organisation, 'قسم الشحن الجوي');
  const of = (membershipId: string, fromDay = TODAY) => ({
    organisation,
    membershipId,
    fromDay,
    ...bySystem(),
  });
  const added = (name: string) => member(organisation, { name, home: { unitId: oslo, job: 'cabin crew' } });
  const [working, away, gone, own] = [
    await added('نورة بنت عبد الله'),
    await added('O'),
    await added('Ida'),
    await added('Dina'),
  ];
  const unplaced = await member(organisation, { name: 'Ben Ito' });
  await placeAlso(of(working), { unitId: bergen, job: 'trainer' });
  await moveHome(of(working, inDays(900)), { unitId: bergen, job: null });
  const correction = { ...of(working, inDays(-40)), actorId: userId, now: bySystem().now + 60_000 };
  await moveHome(correction, { unitId: bergen, job: 'cabin crew' });
  await goOnLeave(of(away), null);
  await endEmployment(of(gone));
  await linked(own, userId);
  const home = (id: string) => `/organisations/${organisation.id}/people/${id}/places`;
  const wrongDay = { 'day-day': '31', 'day-month': '2', 'day-year': '2026' };
  const asked = (id: string, step: string, wrong: Record<string, string> = wrongDay): Scene[] => {
    const path = `${home(id)}/${step}`;
    return [see(`place-${step}`, path), see(`place-${step}-wrong`, path, refused(path, wrong))];
  };
  const people = `/organisations/${organisation.id}/people`;
  const details = `${people}/${working}/details`;
  return [
    see('person-new', `${people}/new`),
    see(
      'person-new-wrong',
      `${people}/new`,
      refused(`${people}/new`, { name: '&', email: 'call me', unit: NONE }),
    ),
    see('person-details', details),
    see('person-details-wrong', details, refused(details, { name: '&' })),
    see('places', `${home(working)}?done=place-move`),
    see('places-none', home(unplaced)),
    see('places-on-leave', home(away)),
    see('places-left', home(gone)),
    see('places-own', home(own)),
    ...asked(working, 'move', { unit: NONE, ...wrongDay }),
    ...['further', 'end'].flatMap(step => asked(working, step)),
    ...asked(working, 'absence', { 'until-day': '1', 'until-month': '1', 'until-year': '2020' }),
    ...asked(working, 'leaving', { when: NONE }),
    ...asked(away, 'return'),
    ...asked(gone, 'rejoining'),
  ];
}
