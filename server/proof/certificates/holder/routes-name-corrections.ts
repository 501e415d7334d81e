import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { Conflict, NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { parseForm, typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { navFor } from '../../../people/organisations/navigation.js';
import { actorOf } from '../../../platform/http/page.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { requireRunning } from '../../../people/organisations/settings/suspension.js';
import { placed, placedAll } from '../../../people/organisations/reach.js';
import { authorise, managedBy, signedIn, type Actor } from '../../../policy.js';
import type { CertificateFacts } from '../queries.js';
import { heldCertificate } from '../routes-load.js';
import { nameFormValues, nameRequestValues, type NameRequestForm } from './name-correction-page.js';
import {
  approveNameRequest,
  findNameRequest,
  refuseNameRequest,
  requestName,
  waitingNameRequests,
  type NameRequestFacts,
} from './name-corrections.js';
import { readName, type TypedName } from './printable-name.js';

const whyForm = z.object({ why: z.string('errors.why').trim().min(1, 'errors.why').max(500, 'errors.note') });
const answerForm = z.object({
  answer: z.string('errors.answer').trim().min(1, 'errors.answer').max(500, 'errors.note'),
});

/** A wrong name on a certificate: the holder requests another, and a manager or an administrator decides. */
export function nameRequestRoutes(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get('/certificates/:id/name-request', on(askForName));
  router.post('/certificates/:id/name-request', on(makeRequest));
  router.get('/name-requests', on(listRequests));
  router.get('/name-requests/:id', on(showRequest));
  router.post('/name-requests/:id/approval', on(approve));
  router.post('/name-requests/:id/refusal', on(refuse));
  return router;
}

async function askForName(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const certificate = await loadCurrent(req);
  const { name } = certificate.facts;
  await answerHolder(deps, req, res, { certificate, form: { name, why: '', errors: {} } });
}

async function makeRequest(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const certificate = await loadCurrent(req);
  const [name, why] = [typed(req.body, 'name'), typed(req.body, 'why')];
  const read = readName(name);
  const form = parseForm(whyForm, req.body, spoken);
  const errors = { ...nameErrors(read, certificate), ...(form.ok ? {} : form.errors) };
  if (!read.ok || !form.ok || Object.keys(errors).length > 0)
    return answerHolder(deps, req, res, { certificate, form: { name, why, errors } });
  await requestName(certificate, { name: read.name, why: form.value.why }, deps.clock());
  res.redirect(303, `/certificates/${certificate.id}?done=name-asked`);
}

function nameErrors(read: TypedName, { facts }: CertificateFacts): Record<string, string> {
  if (!read.ok) return { name: spoken(read.error) };
  if (read.name === facts.name) return { name: spoken('errors.name-same') };
  return read.leftOut ? { name: spoken('errors.name-letters') } : {};
}

async function listRequests({ show, config }: WebDeps, req: Request, res: Response): Promise<void> {
  const actor = signedIn(actorOf(req));
  if (!actor.isAdministrator && managedBy(actor).length === 0) throw new NotFound();
  const place = hereIn(config.timeZone);
  const waiting = await placedAll(actor, await waitingNameRequests(actor));
  const requests = await Promise.all(waiting.map(request => nameRequestValues(request, actor, place)));
  show(req, res, 'proof/certificates/holder/name-requests', { requests }, { nav: navFor(actor) });
}

async function showRequest(deps: WebDeps, req: Request, res: Response): Promise<void> {
  await answerDecider(deps, req, res, { ...(await loadRequest(req)), errors: {} });
}

async function approve({ clock, settle }: WebDeps, req: Request, res: Response): Promise<void> {
  const { request, actor } = await loadRequest(req);
  await approveNameRequest(request, { actorId: actor.id, now: clock() });
  await settle();
  res.redirect(303, '/name-requests?done=name-approved');
}

async function refuse(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { request, actor } = await loadRequest(req);
  const form = parseForm(answerForm, req.body, spoken);
  if (!form.ok) return answerDecider(deps, req, res, { request, actor, errors: form.errors });
  await refuseNameRequest(request, form.value.answer, { actorId: actor.id, now: deps.clock() });
  await deps.settle();
  res.redirect(303, '/name-requests?done=name-refused');
}

/** The holder's own certificate. Throws Conflict when it is not current, since only a current one can be corrected. */
async function loadCurrent(req: Request): Promise<CertificateFacts> {
  const certificate = await heldCertificate(req);
  const { revokedAt, supersededAt, suspendedAt } = certificate;
  if (revokedAt !== null || supersededAt !== null || suspendedAt !== null)
    throw new Conflict('The certificate does not stand');
  return certificate;
}

/** An open request, for whoever may decide it. Throws Conflict when it is decided already. */
async function loadRequest(req: Request): Promise<{ request: NameRequestFacts; actor: Actor }> {
  const actor = signedIn(actorOf(req));
  const request = await placed(actor, await findNameRequest(req.params['id']));
  authorise(actor, 'certificate.correct', request);
  if (!request) throw new NotFound();
  if (!actor.isAdministrator && req.method === 'POST') await requireRunning(request.organisationId, 'change');
  if (request.decidedAt !== null) throw new Conflict('This request was decided already');
  return { request, actor };
}

async function answerHolder(
  { show, config }: WebDeps,
  req: Request,
  res: Response,
  { certificate, form }: { certificate: CertificateFacts; form: NameRequestForm },
): Promise<void> {
  const values = await nameFormValues(certificate, form, hereIn(config.timeZone));
  const status = Object.keys(form.errors).length > 0 ? 422 : 200;
  show(req, res, 'proof/certificates/holder/name-request', values, { status, nav: 'certificates' });
}

async function answerDecider(
  { show, config }: WebDeps,
  req: Request,
  res: Response,
  { request, actor, errors }: { request: NameRequestFacts; actor: Actor; errors: Record<string, string> },
): Promise<void> {
  const values = {
    request: await nameRequestValues(request, actor, hereIn(config.timeZone)),
    action: `/name-requests/${request.id}`,
    answer: typed(req.body, 'answer'),
    errors,
  };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  show(req, res, 'proof/certificates/holder/name-decision', values, { status, nav: navFor(actor) });
}
