import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import {
  endAdministrator,
  makeAdministrator,
  type RoleChangedBy,
} from '../../../people/accounts/administrators.js';
import { blockPerson, unblockPerson } from '../../../people/accounts/blocking.js';
import { shownAddress } from '../../../people/accounts/no-address.js';
import { Conflict, NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { parseForm, typed } from '../../../platform/http/forms.js';
import { handlersWith, type Handler } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { authorise, signedIn } from '../../../policy.js';
import { STEPS, stepsOf, type AccessStep } from './access.js';
import { personById, type PersonRow } from './person.js';

const sure = z.literal('yes', 'errors.sure');
const FORMS = {
  block: z.object({
    reason: z
      .string('errors.blockReason')
      .trim()
      .min(1, 'errors.blockReason')
      .max(500, 'errors.blockReason-long'),
  }),
  unblocking: z.object({}),
  appointment: z.object({ sure }),
  dismissal: z.object({ sure }),
};

/** Blocking and unblocking a person; making somebody an administrator, and ending that. Each step asks first. */
export function accessPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  for (const step of STEPS) {
    router.get(`/admin/people/:id/${step}`, on(askFor(step)));
    router.post(`/admin/people/:id/${step}`, on(take(step)));
  }
  return router;
}

const askFor =
  (step: AccessStep): Handler<WebDeps> =>
  async (deps, req, res) =>
    ask(deps, req, res, { step, person: await load(req, step), errors: {} });

const take =
  (step: AccessStep): Handler<WebDeps> =>
  async (deps, req, res) => {
    const person = await load(req, step);
    const form = parseForm<object>(FORMS[step], req.body, spoken);
    if (!form.ok) return ask(deps, req, res, { step, person, errors: form.errors });
    const by = { actorId: signedIn(actorOf(req)).id, now: deps.clock() };
    const outcome = await VERBS[step](person.id, by, typed(req.body, 'reason').trim());
    if (outcome === 'last') {
      const field = step === 'block' ? 'reason' : 'sure';
      return ask(deps, req, res, { step, person, errors: { [field]: spoken('errors.lastAdministrator') } });
    }
    // Whoever has just given up the role no longer sees the page of the person.
    const page = step === 'dismissal' && person.id === by.actorId ? '/learning' : home(person);
    res.redirect(303, `${page}?done=${step}`);
  };

const VERBS: Readonly<
  Record<AccessStep, (userId: string, by: RoleChangedBy, reason: string) => Promise<string | boolean>>
> = {
  block: (userId, by, reason) => blockPerson(userId, reason, by),
  unblocking: unblockPerson,
  appointment: makeAdministrator,
  dismissal: endAdministrator,
};

/** The person, where the step is possible for them. 403 to administrators who would block themselves. */
async function load(req: Request, step: AccessStep): Promise<PersonRow> {
  const actor = signedIn(actorOf(req));
  const person = await personById(req.params.id);
  if (!person) throw new NotFound();
  if (step === 'block' || step === 'unblocking') authorise(actor, 'person.block', { userId: person.id });
  if (!stepsOf(person, actor).includes(step)) throw new Conflict('The account has changed in the meantime');
  return person;
}

function ask(
  { show }: WebDeps,
  req: Request,
  res: Response,
  { step, person, errors }: { step: AccessStep; person: PersonRow; errors: Record<string, string> },
): void {
  const values = {
    step,
    person: { name: person.name, email: shownAddress(person.email) },
    isSelf: person.id === signedIn(actorOf(req)).id,
    back: home(person),
    action: `${home(person)}/${step}`,
    values: { reason: typed(req.body, 'reason'), sure: typed(req.body, 'sure') },
    errors,
  };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  show(req, res, 'office/admin/people/step', values, { status, nav: 'admin' });
}

const home = ({ id }: PersonRow): string => `/admin/people/${id}`;
