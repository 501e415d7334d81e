import { Router, type Request, type Response } from 'express';
import { addressOf } from '../../../people/accounts/people.js';
import { Conflict, NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { parseForm, typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { isId } from '../../../platform/lib/ids.js';
import { openMember } from '../../../people/organisations/people/open-member.js';
import { isOn } from '../../../platform/lib/dated.js';
import { authorise, signedIn } from '../../../policy.js';
import { whatStays } from './erasure-page.js';
import { reasonForm } from './erasure-forms.js';
import { askForErasure } from './erasure-requests.js';
import type { Subject } from './subject.js';

const OF_ACCOUNT = '/admin/people/:id/erasure';
const OF_MEMBER = '/organisations/:id/people/:membershipId/erasure';

/** Whom somebody asks to have erased, and where the page about them is. */
interface Another {
  readonly subject: Subject;
  readonly name: string;
  readonly email: string | null;
  readonly back: string;
  readonly kind: 'account' | 'member';
}

/**
 * Asking for another person, with a reason: administrators of the installation for an account; administrators of an
 * organisation for what it knows of somebody who has left. Neither decides by asking.
 */
export function askForAnotherPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(
    OF_ACCOUNT,
    on(async (own, req, res) => form(own, req, res, await account(req))),
  );
  router.post(
    OF_ACCOUNT,
    on(async (own, req, res) => ask(own, req, res, await account(req))),
  );
  router.get(
    OF_MEMBER,
    on(async (own, req, res) => form(own, req, res, await member(own, req))),
  );
  router.post(
    OF_MEMBER,
    on(async (own, req, res) => ask(own, req, res, await member(own, req))),
  );
  return router;
}

async function account(req: Request): Promise<Another> {
  const actor = actorOf(req);
  authorise(actor, 'installation.administer', {});
  const { id } = req.params;
  const found = isId(id) ? await addressOf(id) : null;
  if (!found || !isId(id)) throw new NotFound();
  authorise(actor, 'erasure.decide', { userId: id });
  const { name, email } = found;
  return {
    subject: { userId: id, membershipId: null },
    name,
    email,
    back: `/admin/people/${id}`,
    kind: 'account',
  };
}

async function member({ clock }: WebDeps, req: Request): Promise<Another> {
  const open = await openMember(actorOf(req), req.params, { now: clock(), action: 'person.place' });
  const hasLeft = open.member.facts.some(
    fact => fact.kind === 'employment' && fact.value === 'left' && isOn(fact, open.today),
  );
  if (!hasLeft) throw new Conflict('Record first that this person has left');
  const back = `/organisations/${open.organisation.id}/people/${open.member.id}`;
  return {
    subject: { userId: null, membershipId: open.member.id },
    name: open.name,
    email: null,
    back,
    kind: 'member',
  };
}

async function ask(
  { clock, ...deps }: WebDeps,
  req: Request,
  res: Response,
  another: Another,
): Promise<void> {
  const asked = parseForm(reasonForm, req.body, spoken);
  if (!asked.ok) return form({ clock, ...deps }, req, res, another, asked.errors);
  const { id } = signedIn(actorOf(req));
  const erasureId = await askForErasure(another.subject, asked.value.reason, { actorId: id, now: clock() });
  res.redirect(303, another.kind === 'account' ? `/admin/erasures/${erasureId}` : another.back);
}

function form(
  { show }: WebDeps,
  req: Request,
  res: Response,
  { name, email, back, kind }: Another,
  errors: Record<string, string> = {},
): void {
  const values = {
    name,
    email,
    back,
    kind,
    stays: whatStays(),
    values: { reason: typed(req.body, 'reason') },
    errors,
  };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  show(req, res, 'office/privacy/erasure/ask-for-another', values, {
    status,
    ...(kind === 'account' && { nav: 'admin' }),
  });
}
