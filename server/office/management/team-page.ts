import { waitingNameRequests } from '../../proof/certificates/holder/name-corrections.js';
import { coursesHome } from '../../teaching/courses/access/organisation-courses-page.js';
import { organisationsNamed } from '../../people/organisations/memberships.js';
import { oneByOne } from '../../platform/lib/lists/one-by-one.js';
import { remarkLinks } from '../../people/organisations/people/remark-links.js';
import { can, managedBy, type Actor } from '../../policy.js';

/** What a manager may look at and decide. */
export const teamPage = async (actor: Actor) => ({
  waiting: (await waitingNameRequests(actor)).length,
  organisations: await oneByOne(await organisationsNamed(managedBy(actor)), async ({ id, name }) => ({
    name,
    remarks: await remarkLinks(actor, id),
    statusHref: `/organisations/${id}/standings`,
    requirementsHref: `/organisations/${id}/requirements`,
    coursesHref: coursesHome(id),
    peopleHref: `/organisations/${id}/people`,
    unitsHref: `/organisations/${id}/units`,
    certificatesHref: `/team/certificates?organisation=${id}`,
    sessionsHref: `/organisations/${id}/sessions`,
    whole: can(actor, 'organisation.manage', { organisationId: id }) ? pagesOfWhole(id) : null,
  })),
});

/** What counts or changes all of an organisation: not for those who manage only a unit. */
const pagesOfWhole = (id: string) => ({
  followUpHref: `/admin/follow-up?organisation=${id}`,
  signalsHref: `/admin/signals?organisation=${id}`,
  homeHref: `/organisations/${id}`,
  evidenceHref: `/organisations/${id}/evidence`,
});
