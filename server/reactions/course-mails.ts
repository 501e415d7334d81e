import { findRequest, type RequestFacts } from '../courses/access/course-requests.js';
import { coursesHome } from '../courses/access/organisation-courses-page.js';
import { requestAddress } from '../courses/access/request-page.js';
import { decidersOf } from '../courses/access/who-decides.js';
import { currentCourse } from '../courses/catalogue.js';
import type { Reactions } from '../events/choreography.js';
import { mailsWith, type ReactionDeps } from './reaction-deps.js';

/** Mails about who may take a restricted course: to those who decide, and to whoever asked. */
export function courseMails(deps: ReactionDeps) {
  const { baseUrl, clock } = deps;
  const { mail, mailAll } = mailsWith(deps);
  return {
    'mail.course-requested': async event => {
      const request = await findRequest(event.payload.requestId);
      if (request?.outcome !== null) return;
      const { by, reason } = request;
      const values = { ...(await about(request)), by, reason, link: `${baseUrl}${requestAddress(request)}` };
      await mailAll('course-requested', event, await decidersOf(request, clock()), values);
    },
    'mail.course-answered': async event => {
      const request = await findRequest(event.payload.requestId);
      if (!request) return;
      const { answer, organisationId, userId } = request;
      const isGranted = event.payload.outcome === 'granted';
      const link = `${baseUrl}${coursesHome(organisationId)}`;
      await mail('course-answered', event, userId, { ...(await about(request)), isGranted, answer, link });
    },
  } satisfies Partial<Reactions>;
}

async function about({ courseSlug, unit, organisation }: RequestFacts) {
  const course = (await currentCourse(courseSlug))?.snapshot.title ?? courseSlug;
  return { course, where: unit === null ? organisation : `${unit} · ${organisation}` };
}
