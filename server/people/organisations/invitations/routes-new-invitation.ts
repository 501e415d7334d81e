import { Router, type Request, type Response } from 'express';
import { emailField, nameField } from '../../accounts/account-fields.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { isId } from '../../../platform/lib/ids.js';
import { readAppointment, ROLES, typedAppointment } from '../grants/role-forms.js';
import { loadToAdminister } from '../grants/routes-load.js';
import { navFor } from '../navigation.js';
import { organisationHead } from '../organisation-tabs.js';
import { isToFindUnit, unitChoice, unitQuery } from '../units/unit-choice.js';
import { unitOption, unitPaths } from '../units/unit-options.js';
import { invitationLimits } from './invitation-limits.js';
import { inviteSomebody, listedPerson } from './invite-somebody.js';
import { NO_ROLE, type StoredRole } from './invited-role.js';

const PAGE = '/organisations/:id/invitations/new';

/** Invite somebody by name and address, with a role if they are to have one: it is given when they accept. */
export function newInvitationPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(PAGE, on(ask));
  router.post(PAGE, on(send));
  return router;
}

/** The form, empty or, from their own page, for somebody on the list. */
async function ask(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation } = await loadToAdminister(req, deps.clock());
  const id = typed(req.query, 'person');
  const person = isId(id) ? await listedPerson(organisation.id, id) : null;
  await page(deps, req, res, {
    person: { name: person?.name ?? '', email: person?.email ?? '' },
    errors: {},
  });
}

async function send(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const now = deps.clock();
  const { organisation, actor, today } = await loadToAdminister(req, now);
  const written = { name: typed(req.body, 'name'), email: typed(req.body, 'email') };
  if (isToFindUnit(req.body)) return page(deps, req, res, { person: written, errors: {} });
  const [name, email] = [NAME.safeParse(written.name), emailField.safeParse(written.email)];
  const role = readRole(req.body, { today, units: await unitPaths(organisation.id) });
  const errors = {
    ...(name.success ? {} : { name: spoken(name.error.issues[0]?.message ?? 'errors.name-of-person') }),
    ...(email.success ? {} : { email: spoken('errors.email') }),
    ...role.errors,
  };
  if (!name.success || !email.success || Object.keys(errors).length > 0)
    return page(deps, req, res, { person: written, errors });
  await deps.limits.consume(invitationLimits.mail, email.data, now);
  const inviting = { organisationId: organisation.id, key: deps.secrets.links, actorId: actor.id, now };
  const person = { name: name.data, email: email.data };
  const outcome = await inviteSomebody(person, organisation, { ...inviting, role: role.stored });
  if (outcome !== 'invited')
    return page(deps, req, res, {
      person: written,
      errors: {
        email: spoken(outcome === 'member' ? 'errors.invited-member' : 'errors.invited-several'),
      },
    });
  res.redirect(303, `/organisations/${organisation.id}/invitations?done=invitation-made`);
}

const NAME = nameField('errors.name-of-person');

/** The role that is chosen; none is a choice, too, and then unit and days mean nothing. */
function readRole(
  body: unknown,
  judge: { today: string; units: Awaited<ReturnType<typeof unitPaths>> },
): { stored: StoredRole; errors: Record<string, string> } {
  if (typed(body, 'role') === 'none') return { stored: NO_ROLE, errors: {} };
  const form = readAppointment(body, { ...judge, t: spoken });
  if (!form.ok) {
    const { email: _email, ...errors } = form.errors as Record<string, string>;
    return { stored: NO_ROLE, errors };
  }
  const { role, unitId, fromDay, untilDay } = form.value;
  return {
    stored: { role, roleUnitId: unitId, roleFromDay: fromDay, roleUntilDay: untilDay },
    errors: {},
  };
}

interface Filled {
  readonly person: { readonly name: string; readonly email: string };
  readonly errors: Record<string, string>;
}

async function page(deps: WebDeps, req: Request, res: Response, { person, errors }: Filled): Promise<void> {
  const { organisation, actor } = await loadToAdminister(req, deps.clock());
  const chosen = typedAppointment(req.body);
  const units = await unitPaths(organisation.id);
  const shown = {
    organisation: organisationHead(organisation, actor),
    back: `/organisations/${organisation.id}/invitations`,
    roles: [
      { value: 'none', label: spoken('invitations.noRole') },
      ...ROLES.map(value => ({
        value,
        label: spoken('roles.choice', {
          role: spoken(`roles.role.${value}`),
          may: spoken(`roles.may.${value}`),
        }),
      })),
    ],
    units: unitChoice(units.map(unitOption), { chosen: chosen.unit, query: unitQuery(req.body) }),
    values: { ...chosen, ...person, role: chosen.role || 'none' },
    errors,
  };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  deps.show(req, res, 'people/organisations/invitations/new', shown, { status, nav: navFor(actor) });
}
