import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { Conflict, NotFound } from '../../errors.js';
import type { WebDeps } from '../../http/deps.js';
import { parseForm, typed } from '../../http/forms.js';
import { navFor } from '../../http/navigation.js';
import { actorOf } from '../../http/page.js';
import { formatDate } from '../../i18n/i18n.js';
import { hereIn, spoken } from '../../i18n/spoken.js';
import { displayCode } from '../../lib/ids.js';
import { findOrganisation } from '../../organisations/memberships.js';
import { authorise, can, managedBy, signedIn, type Actor } from '../../policy.js';
import { certificateOf, findCertificate, type CertificateFacts } from '../queries.js';
import { readName } from './printable-name.js';
import {
  approveNameRequest,
  findNameRequest,
  newestNameRequest,
  refuseNameRequest,
  requestName,
  waitingNameRequests,
  type NameRequestFacts,
} from './name-corrections.js';

const whyForm = z.object({ why: z.string('errors.why').trim().min(1, 'errors.why').max(500, 'errors.note') });
const answerForm = z.object({
  answer: z.string('errors.answer').trim().min(1, 'errors.answer').max(500, 'errors.note'),
});

/** The wrong name on a certificate: the holder asks, a manager or an administrator decides. */
export function nameRequestRoutes({ show, clock, config, settle }: WebDeps): Router {
  const router = Router();
  const t = spoken;
  const place = hereIn(config.timeZone);

  router.get('/certificates/:id/name-request', async (req, res) => {
    const certificate = await held(req);
    await ask(req, res, certificate, { name: certificate.facts.name, why: '', errors: {} });
  });

  router.post('/certificates/:id/name-request', async (req, res) => {
    const certificate = await held(req);
    const [name, why] = [typed(req.body, 'name'), typed(req.body, 'why')];
    const read = readName(name);
    const form = parseForm(whyForm, req.body, t);
    const errors: Record<string, string> = {
      ...(read.ok ? {} : { name: t(read.error) }),
      ...(read.ok && read.leftOut ? { name: t('errors.name-letters') } : {}),
      ...(read.ok && read.name === certificate.facts.name ? { name: t('errors.name-same') } : {}),
      ...(form.ok ? {} : form.errors),
    };
    if (!read.ok || !form.ok || Object.keys(errors).length > 0)
      return ask(req, res, certificate, { name, why, errors });
    await requestName(certificate, { name: read.name, why: form.value.why }, clock());
    res.redirect(303, `/certificates/${certificate.id}?done=name-asked`);
  });

  router.get('/name-requests', async (req, res) => {
    const actor = signedIn(actorOf(req));
    const requests = await waitingNameRequests(decidesFor(actor));
    if (!actor.isAdministrator && decidesFor(actor)?.length === 0) throw new NotFound();
    const values = { requests: await Promise.all(requests.map(request => describe(request, actor))) };
    show(req, res, 'certificates/holder/name-requests', values, { nav: navFor(actor) });
  });

  router.get('/name-requests/:id', async (req, res) => {
    const { request, actor } = await deciding(req);
    await decision(req, res, actor, request, {});
  });

  router.post('/name-requests/:id/approval', async (req, res) => {
    const { request, actor } = await deciding(req);
    await approveNameRequest(request, { actorId: actor.id, now: clock() });
    await settle();
    res.redirect(303, '/name-requests?done=name-approved');
  });

  router.post('/name-requests/:id/refusal', async (req, res) => {
    const { request, actor } = await deciding(req);
    const form = parseForm(answerForm, req.body, t);
    if (!form.ok) return decision(req, res, actor, request, form.errors);
    await refuseNameRequest(request, form.value.answer, { actorId: actor.id, now: clock() });
    await settle();
    res.redirect(303, '/name-requests?done=name-refused');
  });

  /** Only the certificate that stands can be corrected. */
  async function held(req: Request): Promise<CertificateFacts> {
    const certificate = await findCertificate(req.params['id']);
    authorise(actorOf(req), 'certificate.hold', certificate);
    if (!certificate || certificate.issuedAt === null) throw new NotFound();
    const { revokedAt, supersededAt, suspendedAt } = certificate;
    if (revokedAt !== null || supersededAt !== null || suspendedAt !== null)
      throw new Conflict('The certificate does not stand');
    return certificate;
  }

  async function deciding(req: Request): Promise<{ request: NameRequestFacts; actor: Actor }> {
    const actor = signedIn(actorOf(req));
    const request = await findNameRequest(req.params['id']);
    authorise(actor, 'certificate.correct', request);
    if (!request) throw new NotFound();
    if (request.decidedAt !== null) throw new Conflict('This request was decided already');
    return { request, actor };
  }

  async function ask(
    req: Request,
    res: Response,
    { id, cycleId, facts }: CertificateFacts,
    { name, why, errors }: { name: string; why: string; errors: Record<string, string> },
  ): Promise<void> {
    const waiting = await newestNameRequest(cycleId);
    const values = {
      back: { href: `/certificates/${id}`, text: t('rulings.back') },
      course: facts.course.title,
      waiting:
        waiting?.decidedAt === null ? { ...waiting, on: formatDate(waiting.requestedAt, place) } : null,
      values: { name, why },
      action: `/certificates/${id}/name-request`,
      errors,
    };
    const status = Object.keys(errors).length > 0 ? 422 : 200;
    show(req, res, 'certificates/holder/name-request', values, { status, nav: 'certificates' });
  }

  /** Two requests of one person differ in the number; the organisation is named to those who decide for several. */
  async function describe(request: NameRequestFacts, actor: Actor) {
    const certificate = await certificateOf(request.cycleId);
    const ofSeveral = decidesFor(actor)?.length !== 1;
    const organisation = ofSeveral ? await findOrganisation(request.organisationId) : null;
    return {
      href: can(actor, 'certificate.correct', request) ? `/name-requests/${request.id}` : null,
      on: formatDate(request.requestedAt, place),
      now: certificate?.facts.name ?? '',
      course: certificate?.facts.course.title ?? '',
      number: certificate ? displayCode(certificate.code) : '',
      organisation: organisation?.name ?? null,
      name: request.name,
      why: request.why,
    };
  }

  async function decision(
    req: Request,
    res: Response,
    actor: Actor,
    request: NameRequestFacts,
    errors: Record<string, string>,
  ): Promise<void> {
    const values = {
      request: await describe(request, actor),
      action: `/name-requests/${request.id}`,
      answer: typed(req.body, 'answer'),
      errors,
    };
    const status = Object.keys(errors).length > 0 ? 422 : 200;
    show(req, res, 'certificates/holder/name-decision', values, { status, nav: navFor(actor) });
  }

  return router;
}

/** The organisations whose requests somebody decides about; null: all. */
const decidesFor = (actor: Actor): string[] | null => (actor.isAdministrator ? null : managedBy(actor));
