import type { Request, Response } from 'express';
import type { WebDeps } from '../../../platform/http/deps.js';
import { typed, typedDay } from '../../../platform/http/forms.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { authorise } from '../../../policy.js';
import { navFor } from '../navigation.js';
import { readEnd, readHandover } from './role-forms.js';
import { endRole, handRoleOver } from './role-grants.js';
import { rolesHome, roleValues } from './role-pages.js';
import { loadRole, appointmentErrors, whomToAppoint } from './routes-load.js';

/** Ask before a role ends: at once, or with a last day. */
export async function askEnd(deps: WebDeps, req: Request, res: Response): Promise<void> {
  await ask(deps, req, res, { step: 'end', errors: {} });
}

export async function end(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const now = deps.clock();
  const { role, actor, today } = await loadRole(req, now);
  const form = readEnd(req.body, { today, t: spoken });
  if (!form.ok) return ask(deps, req, res, { step: 'end', errors: form.errors });
  const by = { actorId: actor.id, now };
  if (!(await endRole(role, { ...form.value, today }, by)))
    return ask(deps, req, res, { step: 'end', errors: { last: spoken('errors.roleNotLater') } });
  // Whoever has just given up a role may no longer see the list.
  const list = role.userId === actor.id ? '/roles' : rolesHome(role.organisationId);
  res.redirect(303, `${list}?done=role-ended`);
}

/** Ask to whom a role passes: the successor gets it on the day on which the predecessor's ends. */
export async function askHandover(deps: WebDeps, req: Request, res: Response): Promise<void> {
  await ask(deps, req, res, { step: 'handover', errors: {} });
}

export async function handOver(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const now = deps.clock();
  const { role, actor, today } = await loadRole(req, now);
  authorise(actor, 'organisation.administer', { organisationId: role.organisationId });
  const again = (errors: Record<string, string>) => ask(deps, req, res, { step: 'handover', errors });
  const form = readHandover(req.body, { today, t: spoken });
  if (!form.ok) return again(form.errors);
  const { email, day } = form.value;
  const whom = await whomToAppoint(email, role.organisationId, actor);
  if ('errors' in whom) return again(whom.errors);
  if (role.untilDay !== null && day >= role.untilDay) return again({ from: spoken('errors.roleNotLater') });
  const refusal = appointmentErrors(
    await handRoleOver(role, { ...whom, day, today }, { actorId: actor.id, now }),
  );
  if (refusal) return again(refusal);
  const list = role.userId === actor.id ? '/roles' : rolesHome(role.organisationId);
  res.redirect(303, `${list}?done=role-handed-over`);
}

async function ask(
  { show, clock }: WebDeps,
  req: Request,
  res: Response,
  { step, errors }: { step: 'end' | 'handover'; errors: Record<string, string> },
): Promise<void> {
  const { role, actor } = await loadRole(req, clock());
  if (step === 'handover')
    authorise(actor, 'organisation.administer', { organisationId: role.organisationId });
  const isOwn = role.userId === actor.id;
  const values = {
    step,
    role: roleValues(role),
    isOwn,
    action: `${rolesHome(role.organisationId)}/${role.id}/${step}`,
    back: isOwn ? '/roles' : rolesHome(role.organisationId),
    values: {
      email: typed(req.body, 'email'),
      from: typedDay(req.body, 'from'),
      last: typedDay(req.body, 'last'),
    },
    errors,
  };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  show(req, res, 'people/organisations/grants/role-step', values, {
    status,
    nav: isOwn ? 'account' : navFor(actor),
  });
}
