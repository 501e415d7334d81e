import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { nameField } from '../../../people/accounts/account-fields.js';
import { Conflict, NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { parseForm, typed } from '../../../platform/http/forms.js';
import { handlersWith, type Handler } from '../../../platform/http/handlers.js';
import { navFor } from '../../../people/organisations/navigation.js';
import { requireRunning } from '../../../people/organisations/settings/suspension.js';
import { placed } from '../../../people/organisations/reach.js';
import { actorOf } from '../../../platform/http/page.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { authorise, can, signedIn, type Actor } from '../../../policy.js';
import { findCertificate, type CertificateFacts } from '../queries.js';
import { REVOCATION_REASONS, revoke, suspend, SUSPENSION_REASONS } from './revoke.js';
import { ALLOWED, changesOpenTo, type StateChange } from './state-changes.js';
import { stepValues, type StepForm } from './step-page.js';
import { reinstate, supersede } from './supersede.js';

const note = z.string('errors.note').trim().max(500, 'errors.note').optional();
const suspensionForm = z.object({ reason: z.enum(SUSPENSION_REASONS, 'errors.reason'), note });
/** Revocation is for good: the page says what it does, and the form needs a tick. */
const revocationForm = z.object({
  reason: z.enum(REVOCATION_REASONS, 'errors.reason'),
  note,
  sure: z.literal('yes', 'errors.sure'),
});
const reinstatementForm = z.object({ note });
const correctionForm = z.object({ name: nameField('errors.name-of-person'), note });

const KINDS = Object.keys(ALLOWED) as StateChange[];

/** Suspend, reinstate, correct or revoke a certificate: a page that asks, and the form that does it. */
export function stateChangeRoutes(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  for (const kind of KINDS) router.get(`/certificates/:id/${kind}`, on(askBefore(kind)));
  router.post('/certificates/:id/suspension', on(suspendIt));
  router.post('/certificates/:id/reinstatement', on(reinstateIt));
  router.post('/certificates/:id/correction', on(correctName));
  router.post('/certificates/:id/revocation', on(revokeIt));
  return router;
}

const askBefore =
  (kind: StateChange): Handler<WebDeps> =>
  async (deps, req, res) => {
    const { certificate } = await load(req, kind);
    ask(deps, req, res, { kind, certificate, values: { name: certificate.facts.name }, errors: {} });
  };

async function suspendIt(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { certificate, actor } = await load(req, 'suspension');
  const form = parseForm(suspensionForm, req.body, spoken);
  if (!form.ok) return askAgain(deps, req, res, { kind: 'suspension', certificate, errors: form.errors });
  const why = { reason: form.value.reason, note: form.value.note || null };
  await suspend(certificate, why, { actorId: actor.id, now: deps.clock() });
  await done(deps, req, res, { id: certificate.id, kind: 'suspension' });
}

async function reinstateIt(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { certificate, actor } = await load(req, 'reinstatement');
  const form = parseForm(reinstatementForm, req.body, spoken);
  if (!form.ok) return askAgain(deps, req, res, { kind: 'reinstatement', certificate, errors: form.errors });
  const by = { actorId: actor.id, now: deps.clock() };
  const id = await reinstate(certificate.id, form.value.note || null, by);
  await done(deps, req, res, { id, kind: 'reinstatement' });
}

async function correctName(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { certificate, actor } = await load(req, 'correction');
  const form = parseForm(correctionForm, req.body, spoken);
  if (!form.ok) return askAgain(deps, req, res, { kind: 'correction', certificate, errors: form.errors });
  const { name, note: why } = form.value;
  const errors = { name: spoken('errors.name-same') };
  if (name === certificate.facts.name)
    return askAgain(deps, req, res, { kind: 'correction', certificate, errors });
  const change = { facts: { name }, reason: 'name-corrected', note: why || null } as const;
  const id = await supersede(certificate.id, change, { actorId: actor.id, now: deps.clock() });
  await done(deps, req, res, { id, kind: 'correction' });
}

async function revokeIt(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { certificate, actor } = await load(req, 'revocation');
  const form = parseForm(revocationForm, req.body, spoken);
  if (!form.ok) return askAgain(deps, req, res, { kind: 'revocation', certificate, errors: form.errors });
  const why = { reason: form.value.reason, note: form.value.note || null };
  await revoke(certificate, why, { actorId: actor.id, now: deps.clock() });
  await done(deps, req, res, { id: certificate.id, kind: 'revocation' });
}

/** The certificate that an address names, for whoever may change it so. Throws Conflict when its state does not allow it. */
async function load(
  req: Request,
  kind: StateChange,
): Promise<{ certificate: CertificateFacts; actor: Actor }> {
  const actor = signedIn(actorOf(req));
  const certificate = await placed(actor, await findCertificate(req.params['id']));
  authorise(actor, ALLOWED[kind], certificate);
  if (!certificate) throw new NotFound();
  // A certificate that must not stand is revoked by an administrator meanwhile.
  if (!actor.isAdministrator) await requireRunning(certificate.organisationId, 'change');
  if (!changesOpenTo(certificate).includes(kind))
    throw new Conflict('The certificate stands differently now');
  return { certificate, actor };
}

interface Step extends StepForm {
  readonly kind: StateChange;
  readonly certificate: CertificateFacts;
}

/** The same page again, with what was typed. */
function askAgain(deps: WebDeps, req: Request, res: Response, step: Omit<Step, 'values'>): void {
  const fields = ['name', 'reason', 'note', 'sure'];
  const values = Object.fromEntries(fields.map(field => [field, typed(req.body, field)]));
  ask(deps, req, res, { ...step, values });
}

function ask(deps: WebDeps, req: Request, res: Response, { kind, certificate, ...form }: Step): void {
  const href = pageOf(deps, req, certificate.id);
  const values = stepValues(kind, certificate, { ...form, href });
  const status = Object.keys(form.errors).length > 0 ? 422 : 200;
  deps.show(req, res, 'proof/certificates/lifecycle/step', values, { status, nav: navFor(actorOf(req)) });
}

async function done(
  deps: WebDeps,
  req: Request,
  res: Response,
  { id, kind }: { id: string; kind: StateChange },
): Promise<void> {
  await deps.settle();
  res.redirect(303, `${pageOf(deps, req, id)}?done=${kind}`);
}

const pageOf = ({ config }: WebDeps, req: Request, id: string): string =>
  can(actorOf(req), 'installation.administer', config) ? `/admin/certificates/${id}` : `/certificates/${id}`;
