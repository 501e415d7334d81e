import { formatDate, type Place } from '../../../platform/i18n/i18n.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { findOrganisation } from '../../../people/organisations/memberships.js';
import type { CertificateFacts } from '../queries.js';
import { nameAsShown, NAME_VISIBILITIES, nameVisibilityOf, strictestVisibility } from './name-privacy.js';
import { SHARE_DAYS, type OpenShareLink } from './share-links.js';

/** The page of links to a certificate's whole record. New ones are made for the certificate that replaced a superseded one. */
export function sharingValues(
  certificate: CertificateFacts,
  links: readonly OpenShareLink[],
  { baseUrl, place }: { baseUrl: string; place: Place },
) {
  const action = `/certificates/${certificate.id}/share-links`;
  return {
    ...headValues(certificate),
    links: links.map(({ id, token, expiresAt }) => ({
      address: `${baseUrl}/shared/${token}`,
      until: formatDate(expiresAt, place),
      closure: `${action}/${id}/closure`,
    })),
    days: SHARE_DAYS,
    action: certificate.supersededAt === null ? action : null,
  };
}

/** The page on which a holder chooses how much of the name strangers see: no more than the organisation shows. */
export async function shownNameValues(certificate: CertificateFacts) {
  const { organisation, holds } = await nameVisibilityOf(certificate);
  const allowed = NAME_VISIBILITIES.filter(shown => strictestVisibility(organisation, shown) === shown);
  return {
    ...headValues(certificate),
    organisation: (await findOrganisation(certificate.organisationId))?.name ?? '',
    shown: holds as string,
    choices: allowed.map(value => ({
      value,
      text: spoken(`shownName.${value}`),
      example: nameAsShown(certificate.facts.name, value),
    })),
    action: `/certificates/${certificate.id}/shown-name`,
  };
}

const headValues = ({ id, facts }: CertificateFacts) => ({
  back: { href: `/certificates/${id}`, text: spoken('rulings.back') },
  course: facts.course.title,
});
