import { makeOrganisation } from '../../../../server/organisations/settings/keep-organisations.js';
import { dina } from '../../../support/people.js';
import { NONE, refused } from '../../looks/look-refusal.js';
import { seenBy, type Scene } from '../scene.js';

const PROFILE = {
  name: 'Northern Lights Regional Airways',
  sector: 'airline',
  country: 'NO',
  timeZone: 'Europe/Oslo',
  locale: 'nb-NO',
  contact: 'training@northern-lights.example',
  hotlineCountry: 'GB',
  retentionMonths: 24,
} as const;

/** Organisations, as whoever keeps them sees them. */
export async function organisationScenes(): Promise<Scene[]> {
  const { browser, id: actorId } = await dina();
  const id = await makeOrganisation(PROFILE, { actorId, now: Date.now() });
  const [see, home, settings] = [seenBy(browser), '/admin/organisations', `/organisations/${id}/settings`];
  return [
    see('admin-organisations', home),
    see('admin-organisations-none', `${home}?query=nobody+of+this+name`),
    see('admin-organisation-new', `${home}/new`),
    see('admin-organisation-wrong', `${home}/new`, refused(`${home}/new`, { name: '&', contact: 'call us' })),
    see('organisation', `/organisations/${id}?done=organisation-made`),
    see('organisation-settings', settings),
    see('organisation-certificates', `${settings}/certificates?done=settings`),
    see(
      'organisation-certificates-wrong',
      `${settings}/certificates`,
      refused(`${settings}/certificates`, { paper: NONE }),
    ),
    see(
      'organisation-settings-wrong',
      settings,
      refused(settings, { name: '&', retentionMonths: 'two years' }),
    ),
  ];
}
