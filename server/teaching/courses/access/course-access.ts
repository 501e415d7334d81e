import { formatDate, type Place, type Translate } from '../../../platform/i18n/i18n.js';
import { daysAfter } from '../../../platform/lib/days.js';
import { dayWords } from '../../../people/organisations/day-words.js';
import type { OrganisationFacts } from '../../../people/organisations/memberships.js';
import type { CourseAccess, GrantFacts } from './access-queries.js';

/** The page of the list. */
export const COURSE_ACCESS = '/admin/course-access';

interface Words {
  readonly place: Place;
  readonly t: Translate;
}

/** A course as the list shows it: to whom it is granted, and what can be changed. */
export function accessRow(access: CourseAccess, all: readonly OrganisationFacts[], words: Words) {
  const { slug, title, isRestricted, grants } = access;
  const { t } = words;
  const to = `${COURSE_ACCESS}/${slug}`;
  const steps = [
    ...(grantChoices(access, all).length > 0 ? ['organisation'] : []),
    ...(grants.some(({ isToEveryone }) => isToEveryone) ? [] : ['everyone']),
  ];
  return {
    title: title ?? slug,
    noEffect: isRestricted ? null : t(title === null ? 'courseAccess.unknown' : 'courseAccess.open'),
    grants: grants.map(grant => ({
      to: granteeIn(grant, t),
      since: sinceWhen(grant, words),
      revokeHref: `${to}/grants/${grant.organisationId}/revocation${grant.unitId && `?unit=${grant.unitId}`}`,
    })),
    steps: isRestricted
      ? steps.map(step => ({ href: `${to}/${step}`, text: t(`courseAccess.${step}.heading`) }))
      : [],
  };
}

/** By whom and when a grant was made, and on which days it counts where that is not for good. */
export function sinceWhen({ grantedAt, by, fromDay, untilDay }: GrantFacts, { place, t }: Words): string {
  const made = { date: formatDate(grantedAt, place), name: by ?? t('access.operator') };
  return [
    ...(fromDay ? [t('courseAccess.from', { date: dayWords(fromDay) })] : []),
    ...(untilDay ? [t('courseAccess.last', { date: dayWords(daysAfter(untilDay, -1)) })] : []),
    t('courseAccess.since', made),
  ].join(' ');
}

/** The organisations to which a course can be granted, as choices; the open one has a page of its own ("everyone"). */
export function grantChoices({ grants }: CourseAccess, all: readonly OrganisationFacts[]) {
  const granted = new Set(grants.map(({ organisationId }) => organisationId));
  return all
    .filter(({ id, kind }) => kind === 'customer' && !granted.has(id))
    .map(({ id, name }) => ({ value: id, label: name }));
}

/** What revoking a grant will mean, for the page that asks. */
export function revocationTexts({ grants }: CourseAccess, grant: GrantFacts, t: Translate) {
  const isStill = !grant.isToEveryone && grants.some(({ isToEveryone }) => isToEveryone);
  const effect = isStill
    ? 'still'
    : grant.isToEveryone
      ? 'everyone'
      : grant.unitId !== ''
        ? 'unit'
        : grant.isByUnit
          ? 'units'
          : 'organisation';
  return {
    to: granteeIn(grant, t),
    texts: [t(`courseAccess.revocation.${effect}`), t('courseAccess.revocation.lead')],
  };
}

const granteeIn = ({ isToEveryone, organisation, unit, isByUnit }: GrantFacts, t: Translate): string => {
  if (isToEveryone) return t('courseAccess.toEveryone');
  if (unit !== null) return t('courseAccess.toUnit', { organisation, unit });
  return isByUnit ? t('courseAccess.byUnit', { organisation }) : organisation;
};
