import type { OpenJob } from '../../platform/events/jobs/open-jobs.js';
import { referenceOf } from '../../teaching/learning/pending-certificate.js';
import { formatMoment, type Place, type Translate } from '../../platform/i18n/i18n.js';

/** The id of the person that a job is about, or of their cycle; null where it is about nobody. */
export function personKey({ payload }: OpenJob): string | null {
  if (payload && 'userId' in payload) return payload.userId;
  return payload && 'cycleId' in payload ? payload.cycleId : null;
}

interface Words {
  readonly t: Translate;
  readonly place: Place;
  readonly now: number;
}

/** A job as its list shows it. `person`: whom it is about, where that is known. */
export function jobRow(job: OpenJob, person: { id: string; name: string } | null, { t, place, now }: Words) {
  const moment = (ms: number) => formatMoment(ms, place);
  const isOver = job.state === 'failed' || job.state === 'given-up';
  return {
    id: job.id,
    what: whatIn(job, t),
    raw: job.reaction,
    state: job.state,
    isRunning: job.isRunning,
    lane: t(`jobs.lane.${job.lane}`),
    person: person && { href: `/admin/people/${person.id}`, text: person.name },
    objects: objectsOf(job, t),
    since: moment(job.failingSince ?? job.createdAt),
    tries: job.attempts,
    next: isOver ? t('jobs.never') : job.runAt <= now ? t('jobs.now') : moment(job.runAt),
    failure: job.failure && { words: t(`jobs.failure.${job.failure}`), raw: job.lastError ?? '' },
    reference: referenceIn(job),
    to: jobAddresses(job.id),
    canEnd: !job.isRunning && job.state !== 'given-up',
  };
}

/** What will not happen if the job is given up. */
export function without({ reaction, lane }: OpenJob, t: Translate): string {
  if (lane === 'mail' || lane === 'routine') return t(`jobs.without.${lane}`);
  const text = t(`jobs.without.${reaction}`);
  return isMissing(text) ? t('jobs.without.other') : text;
}

export const jobAddresses = (id: string) => ({
  attempt: `/admin/jobs/${id}/attempt`,
  end: `/admin/jobs/${id}/end`,
});

function whatIn({ reaction }: OpenJob, t: Translate): string {
  const text = t(`jobs.what.${reaction}`);
  return isMissing(text) ? t('jobs.unknown', { name: reaction }) : text;
}

/** A key without a text is returned as it is. */
const isMissing = (text: string): boolean => text.startsWith('jobs.');

function objectsOf({ payload }: OpenJob, t: Translate) {
  const objects: { href: string; text: string }[] = [];
  if (payload && 'certificateId' in payload && payload.certificateId)
    objects.push({
      href: `/admin/certificates/${payload.certificateId}`,
      text: t('jobs.object.certificate'),
    });
  if (payload && 'regradeId' in payload)
    objects.push({ href: `/admin/regrades/${payload.regradeId}`, text: t('jobs.object.regrade') });
  return objects;
}

const referenceIn = ({ payload }: OpenJob): string | null =>
  payload && 'cycleId' in payload ? referenceOf(payload.cycleId) : null;
