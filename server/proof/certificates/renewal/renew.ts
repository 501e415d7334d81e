import { currentCourse, type PublishedCourse } from '../../../teaching/courses/catalogue.js';
import { materialChangeOf } from '../../../teaching/courses/changes/course-changes.js';
import { mayTakeIn } from '../../../teaching/courses/grants.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { Conflict, Forbidden, NotFound } from '../../../errors.js';
import {
  findCycle,
  newestCycle,
  newestCycleAfter,
  openNextCycle,
  wasRenewed,
  type CycleFacts,
} from '../../../teaching/learning/enrolments.js';
import { dayOf, monthsAfter } from '../../../platform/lib/days.js';
import { requireRunning } from '../../../people/organisations/settings/suspension.js';
import { certificateOf, type CertificateFacts } from '../queries.js';
import { renewalWindow } from '../lifecycle/validity.js';

/** Whether a certificate can be renewed, and the first day on which it can. Days are written as "2027-10-01". */
export type Renewal =
  /** The window is open. `cycle` is the renewal that was begun, if any. */
  | { readonly kind: 'open'; readonly opens: string; readonly cycle: CycleFacts | null }
  | { readonly kind: 'not-yet'; readonly opens: string }
  /** The course is restricted, and no longer granted to the holder's organisation. */
  | { readonly kind: 'restricted' }
  /** The holder's organisation has paused its training. */
  | { readonly kind: 'paused' }
  /** It never expires, is suspended or already renewed, or the course is no longer offered. */
  | { readonly kind: 'none' };

const NONE: Renewal = { kind: 'none' };

/**
 * How a certificate can be renewed now, by the validity rule of the current course version. An expired certificate can
 * still be renewed; a revoked one can be earned again at any time, and so can one from before a material change of the course.
 * `newest`: the newest cycle of its enrolment, where it has been read.
 */
export async function renewalOf(
  certificate: CertificateFacts,
  { timeZone, now, newest: known }: { timeZone: string; now: number; newest?: CycleFacts | undefined },
): Promise<Renewal> {
  const newest = known ?? (await newestCycleAfter(certificate.cycleId));
  const cycle = newest?.id === certificate.cycleId ? newest : await findCycle(certificate.cycleId);
  const course = await currentCourse(certificate.facts.course.slug);
  if (!cycle || !newest || !course || cycle.completedAt === null) return NONE;
  if (newest.id !== cycle.id && (await wasRenewed(cycle))) return NONE;
  const opens = opensOn(certificate, course, timeZone);
  if (!opens) return NONE;
  const begun = newest.id === cycle.id ? null : newest;
  if (!begun && !(await mayTakeIn(newest, course, now))) return { kind: 'restricted' };
  if (!begun && newest.pausedSince !== null) return { kind: 'paused' };
  const isOpen =
    begun !== null ||
    certificate.revokedAt !== null ||
    dayOf(now, timeZone) >= opens ||
    (await isBehind(certificate, course));
  return isOpen ? { kind: 'open', opens, cycle: begun } : { kind: 'not-yet', opens };
}

/** Is the certificate from before the newest version that was proposed as a material change? One of the current version never is. */
async function isBehind({ facts: { course } }: CertificateFacts, current: PublishedCourse): Promise<boolean> {
  if (course.version >= current.number) return false;
  const change = await materialChangeOf(course.slug);
  return change !== null && course.version < change.number;
}

/** The first day of the window, in the time zone of the certificate; null when there is nothing to renew. */
function opensOn(
  { validUntil, suspendedAt, supersededAt, facts }: CertificateFacts,
  { snapshot }: PublishedCourse,
  timeZone: string,
): string | null {
  if (validUntil === null || supersededAt !== null || suspendedAt !== null) return null;
  return renewalWindow(dayOf(Number(validUntil), facts.timeZone ?? timeZone), snapshot.validity).opens;
}

/**
 * Renew: open the next cycle of an enrolment, at the current version of the course. Idempotent: every click returns the
 * same cycle. The certificate stays valid until it expires. Throws NotFound for an unknown enrolment, Conflict before the
 * window opens or when there is nothing to renew, and Forbidden when the course is no longer open to the holder's
 * organisation.
 */
export function openRenewal(
  enrolmentId: string,
  { timeZone, now }: { timeZone: string; now: number },
): Promise<CycleFacts> {
  return inTransaction(async () => {
    const newest = await newestCycle(enrolmentId);
    if (!newest) throw new NotFound('There is no such enrolment');
    // A renewal that was begun is continued.
    if (newest.completedAt === null && newest.number > 1) return newest;
    const certificate = await certificateOf(newest.id);
    if (!certificate || certificate.issuedAt === null) throw new Conflict('There is no certificate to renew');
    const renewal = await renewalOf(certificate, { timeZone, now });
    if (renewal.kind === 'restricted') throw new Forbidden();
    await requireRunning(newest.organisationId, 'begin');
    if (renewal.kind !== 'open') throw new Conflict('This certificate cannot be renewed now');
    const course = await currentCourse(certificate.facts.course.slug);
    if (!course) throw new Conflict('The course is no longer offered');
    const because = reasonFor(certificate, { opens: renewal.opens, today: dayOf(now, timeZone), now });
    const path = pathFor(certificate, { because, course, timeZone, now });
    return openNextCycle(newest, course, { because, path, now });
  });
}

/** Whoever renews in the window, or is not later than the course allows, takes its shorter path where it has one. */
function pathFor(
  { validUntil, facts }: CertificateFacts,
  opened: {
    readonly because: CycleFacts['because'];
    readonly course: PublishedCourse;
    readonly timeZone: string;
    readonly now: number;
  },
): CycleFacts['path'] {
  const { renewal } = opened.course.snapshot;
  if (!renewal || validUntil === null) return 'whole';
  if (opened.because === 'window') return 'renewal';
  const zone = facts.timeZone ?? opened.timeZone;
  const last = monthsAfter(dayOf(Number(validUntil), zone), renewal.within);
  return opened.because === 'lapsed' && dayOf(opened.now, zone) <= last ? 'renewal' : 'whole';
}

/** Before the window opens, nothing but a material change lets somebody begin. */
function reasonFor(
  { revokedAt, validUntil }: CertificateFacts,
  { opens, today, now }: { opens: string; today: string; now: number },
): CycleFacts['because'] {
  if (revokedAt !== null) return 'revoked';
  if (validUntil !== null && Number(validUntil) < now) return 'lapsed';
  return today < opens ? 'material' : 'window';
}
