import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { nameField } from '../../accounts/account-forms.js';
import { Conflict, NotFound } from '../../errors.js';
import { parseForm, typed } from '../../http/forms.js';
import type { WebDeps } from '../../http/deps.js';
import { navFor } from '../../http/navigation.js';
import { actorOf } from '../../http/page.js';
import { spoken } from '../../i18n/spoken.js';
import { authorise, can, signedIn, type Actor } from '../../policy.js';
import { findCertificate, type CertificateFacts } from '../queries.js';
import { REVOCATION_REASONS, revoke, suspend, SUSPENSION_REASONS } from './revoke.js';
import { ALLOWED, changesOpenTo, type StateChange } from './state-changes.js';
import { reinstate, supersede } from './supersede.js';

const note = z.string('errors.note').trim().max(500, 'errors.note').optional();
const suspensionForm = z.object({ reason: z.enum(SUSPENSION_REASONS, 'errors.reason'), note });
/** It is for good: the page says what will happen, and takes a tick before it does. */
const revocationForm = z.object({
  reason: z.enum(REVOCATION_REASONS, 'errors.reason'),
  note,
  sure: z.literal('yes', 'errors.sure'),
});
const reinstatementForm = z.object({ note });
const correctionForm = z.object({ name: nameField('errors.name-of-person'), note });

const CHOICES: Partial<Record<StateChange, readonly string[]>> = {
  suspension: SUSPENSION_REASONS,
  revocation: REVOCATION_REASONS,
};

/** What will happen, told before a certificate is withdrawn. */
const EFFECTS = ['strangers', 'holder', 'files', 'good'] as const;

/** Suspend a certificate, lift that, correct its name, withdraw it: a page that asks, and the act. */
export function rulingRoutes(deps: WebDeps): Router {
  const { show, clock, config, settle } = deps;
  const router = Router();
  const t = spoken;

  const pages: Record<StateChange, string> = {
    suspension: '/certificates/:id/suspension',
    reinstatement: '/certificates/:id/reinstatement',
    correction: '/certificates/:id/correction',
    revocation: '/certificates/:id/revocation',
  };
  for (const [kind, path] of Object.entries(pages) as [StateChange, string][]) {
    router.get(path, async (req, res) => {
      const { certificate } = await ruled(req, kind);
      ask(req, res, kind, certificate, { values: { name: certificate.facts.name }, errors: {} });
    });
  }

  router.post(pages.suspension, async (req, res) => {
    const { certificate, actor } = await ruled(req, 'suspension');
    const form = parseForm(suspensionForm, req.body, t);
    if (!form.ok) return again(req, res, 'suspension', certificate, form.errors);
    const why = { reason: form.value.reason, note: form.value.note || null };
    await suspend(certificate, why, { actorId: actor.id, now: clock() });
    await done(res, actor, { id: certificate.id, kind: 'suspension' });
  });

  router.post(pages.reinstatement, async (req, res) => {
    const { certificate, actor } = await ruled(req, 'reinstatement');
    const form = parseForm(reinstatementForm, req.body, t);
    if (!form.ok) return again(req, res, 'reinstatement', certificate, form.errors);
    const by = { actorId: actor.id, now: clock() };
    const id = await reinstate(certificate.id, form.value.note || null, by);
    await done(res, actor, { id, kind: 'reinstatement' });
  });

  router.post(pages.correction, async (req, res) => {
    const { certificate, actor } = await ruled(req, 'correction');
    const form = parseForm(correctionForm, req.body, t);
    if (!form.ok) return again(req, res, 'correction', certificate, form.errors);
    const { name, note: why } = form.value;
    if (name === certificate.facts.name)
      return again(req, res, 'correction', certificate, { name: t('errors.name-same') });
    const change = { facts: { name }, reason: 'name-corrected', note: why || null } as const;
    const id = await supersede(certificate.id, change, { actorId: actor.id, now: clock() });
    await done(res, actor, { id, kind: 'correction' });
  });

  router.post(pages.revocation, async (req, res) => {
    const { certificate, actor } = await ruled(req, 'revocation');
    const form = parseForm(revocationForm, req.body, t);
    if (!form.ok) return again(req, res, 'revocation', certificate, form.errors);
    const why = { reason: form.value.reason, note: form.value.note || null };
    await revoke(certificate, why, { actorId: actor.id, now: clock() });
    await done(res, actor, { id: certificate.id, kind: 'revocation' });
  });

  async function ruled(
    req: Request,
    kind: StateChange,
  ): Promise<{ certificate: CertificateFacts; actor: Actor }> {
    const certificate = await findCertificate(req.params.id);
    const actor = signedIn(actorOf(req));
    authorise(actor, ALLOWED[kind], certificate);
    if (!certificate) throw new NotFound();
    if (!changesOpenTo(certificate).includes(kind))
      throw new Conflict('The certificate stands differently now');
    return { certificate, actor };
  }

  const again = (
    req: Request,
    res: Response,
    kind: StateChange,
    certificate: CertificateFacts,
    errors: Record<string, string>,
  ) => {
    const values = Object.fromEntries(
      ['name', 'reason', 'note', 'sure'].map(field => [field, typed(req.body, field)]),
    );
    ask(req, res, kind, certificate, { values, errors });
  };

  function ask(
    req: Request,
    res: Response,
    kind: StateChange,
    { id, facts }: CertificateFacts,
    { values, errors }: { values: Record<string, string>; errors: Record<string, string> },
  ): void {
    const page = {
      kind,
      back: { href: pageOf(actorOf(req), id), text: t('rulings.back') },
      holder: facts.name,
      course: facts.course.title,
      effects: kind === 'revocation' ? EFFECTS.map(effect => t(`rulings.revocation.effects.${effect}`)) : [],
      action: `/certificates/${id}/${kind}`,
      reasons: (CHOICES[kind] ?? []).map(value => ({ value, label: t(`reason.${value}`) })),
      values,
      errors,
    };
    const status = Object.keys(errors).length > 0 ? 422 : 200;
    show(req, res, 'certificates/lifecycle/step', page, { status, nav: navFor(actorOf(req)) });
  }

  async function done(
    res: Response,
    actor: Actor,
    { id, kind }: { id: string; kind: StateChange },
  ): Promise<void> {
    await settle();
    res.redirect(303, `${pageOf(actor, id)}?done=${kind}`);
  }

  const pageOf = (actor: Actor | null, id: string): string =>
    can(actor, 'installation.administer', config) ? `/admin/certificates/${id}` : `/certificates/${id}`;

  return router;
}
