import { notice } from '../../../people/mails/mail-reactions.js';
import { currentCourse } from '../catalogue.js';
import { findRequest, type RequestFacts } from './course-requests.js';
import { coursesHome } from './organisation-courses-page.js';
import { requestAddress } from './request-page.js';
import { decidersOf } from './who-decides.js';

/** Mails about who may take a restricted course: to those who decide, and to the person who asked. */
export const courseAccessReactions = {
  'mail.course-requested': notice('course.requested', async (event, { mailAll, clock, baseUrl }) => {
    const request = await findRequest(event.payload.requestId);
    if (request?.outcome !== null) return;
    const { by, reason } = request;
    const values = { ...(await about(request)), by, reason, link: `${baseUrl}${requestAddress(request)}` };
    await mailAll('course-requested', event, await decidersOf(request, clock()), values);
  }),
  'mail.course-answered': notice('course.request-answered', async (event, { mail, baseUrl }) => {
    const request = await findRequest(event.payload.requestId);
    if (!request) return;
    const { answer, organisationId, userId } = request;
    const isGranted = event.payload.outcome === 'granted';
    const link = `${baseUrl}${coursesHome(organisationId)}`;
    await mail('course-answered', event, userId, { ...(await about(request)), isGranted, answer, link });
  }),
};

async function about({ courseSlug, unit, organisation }: RequestFacts) {
  const course = (await currentCourse(courseSlug))?.snapshot.title ?? courseSlug;
  return { course, where: unit === null ? organisation : `${unit} · ${organisation}` };
}
