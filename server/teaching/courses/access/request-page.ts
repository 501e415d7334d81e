import { formatDate, type Place, type Translate } from '../../../platform/i18n/i18n.js';
import { can, type Actor } from '../../../policy.js';
import type { AccessDecision } from './access-forms.js';
import type { RequestFacts } from './course-requests.js';

interface Words {
  readonly place: Place;
  readonly t: Translate;
}

export const requestAddress = ({ organisationId, id }: Pick<RequestFacts, 'organisationId' | 'id'>): string =>
  `/organisations/${organisationId}/course-requests/${id}`;

/** An open request as a list shows it, with what the reader may do about it. */
export function requestRow(request: RequestFacts, actor: Actor | null, words: Words) {
  return {
    ...requestValues(request, words),
    answerHref: can(actor, 'course.answer', request) ? requestAddress(request) : null,
    withdrawal: request.userId === actor?.id ? `${requestAddress(request)}/withdrawal` : null,
  };
}

/** Who asks, for whom, when and why. */
export const requestValues = (request: RequestFacts, { place, t }: Words) => ({
  id: request.id,
  for:
    request.unit === null
      ? request.organisation
      : t('courseAccess.toUnit', { organisation: request.organisation, unit: request.unit }),
  asked: t('courseAccess.asked', { date: formatDate(request.askedAt, place), name: request.by }),
  reason: request.reason,
});

/**
 * What can be decided: a course goes to all of an organisation or to units of its choice, or to the unit that it was asked for, as
 * long as the organisation chooses (`isByUnit`).
 */
export function decisionsOn(
  { unitId }: Pick<RequestFacts, 'unitId'>,
  isByUnit: boolean,
): readonly AccessDecision[] {
  if (unitId === '') return ['all', 'by-unit', 'declined'];
  return isByUnit ? ['unit', 'declined'] : ['declined'];
}
