import { waitingNameRequests } from '../certificates/holder/name-corrections.js';
import { organisationsNamed } from '../organisations/memberships.js';

/** What the managers of these organisations may look at and decide. */
export const teamPage = async (managed: readonly string[]) => ({
  waiting: (await waitingNameRequests(managed)).length,
  organisations: (await organisationsNamed(managed)).map(({ id, name }) => ({
    name,
    certificatesHref: `/team/certificates?organisation=${id}`,
    followUpHref: `/admin/follow-up?organisation=${id}`,
    signalsHref: `/admin/signals?organisation=${id}`,
    shownNameHref: `/organisations/${id}/shown-name`,
    paperHref: `/organisations/${id}/paper`,
    packHref: `/organisations/${id}/audit-pack.zip`,
  })),
});
