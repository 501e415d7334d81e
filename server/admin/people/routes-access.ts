import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { endAdministrator, makeAdministrator } from '../../accounts/administrators.js';
import { blockPerson, unblockPerson } from '../../accounts/blocking.js';
import { Conflict, NotFound } from '../../errors.js';
import type { WebDeps } from '../../http/deps.js';
import { parseForm, typed } from '../../http/forms.js';
import { actorOf } from '../../http/page.js';
import { spoken } from '../../i18n/spoken.js';
import { authorise, signedIn } from '../../policy.js';
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

/** Blocking and unblocking a person; making somebody an administrator, and ending that. */
export function accessPages({ show, clock, config }: WebDeps): Router {
  const router = Router();
  const t = spoken;

  for (const step of STEPS) {
    const path = `/admin/people/:id/${step}`;
    router.get(path, async (req, res) => ask(req, res, step, await asked(req, step), {}));

    router.post(path, async (req, res) => {
      const person = await asked(req, step);
      const form = parseForm<object>(FORMS[step], req.body, t);
      if (!form.ok) return ask(req, res, step, person, form.errors);
      const by = { actorId: signedIn(actorOf(req)).id, now: clock() };
      const outcome = await take(step, person.id, typed(req.body, 'reason').trim(), by);
      if (outcome === 'last') {
        const field = step === 'block' ? 'reason' : 'sure';
        return ask(req, res, step, person, { [field]: t('errors.lastAdministrator') });
      }
      // Whoever has just given up the role does not see that page any more.
      const page = step === 'dismissal' && person.id === by.actorId ? '/learning' : home(person);
      res.redirect(303, `${page}?done=${step}`);
    });
  }

  /** The person, when the step is open to them. 403 to an administrator who would block themselves. */
  async function asked(req: Request, step: AccessStep): Promise<PersonRow> {
    const actor = actorOf(req);
    authorise(actor, 'installation.administer', config);
    const person = await personById(req.params.id);
    if (!person) throw new NotFound();
    if (step === 'block' || step === 'unblocking') authorise(actor, 'person.block', { userId: person.id });
    if (!stepsOf(person, signedIn(actor)).includes(step))
      throw new Conflict('The account stands differently now');
    return person;
  }

  function ask(
    req: Request,
    res: Response,
    step: AccessStep,
    person: PersonRow,
    errors: Record<string, string>,
  ) {
    const values = {
      step,
      person: { name: person.name, email: person.email },
      isSelf: person.id === signedIn(actorOf(req)).id,
      back: home(person),
      action: `${home(person)}/${step}`,
      values: { reason: typed(req.body, 'reason'), sure: typed(req.body, 'sure') },
      errors,
    };
    const status = Object.keys(errors).length > 0 ? 422 : 200;
    show(req, res, 'admin/people/step', values, { status, nav: 'admin' });
  }

  return router;
}

const home = ({ id }: PersonRow): string => `/admin/people/${id}`;

async function take(
  step: AccessStep,
  userId: string,
  reason: string,
  by: { actorId: string; now: number },
): Promise<string | boolean> {
  switch (step) {
    case 'block':
      return blockPerson(userId, reason, by);
    case 'unblocking':
      return unblockPerson(userId, by);
    case 'appointment':
      return makeAdministrator(userId, by);
    case 'dismissal':
      return endAdministrator(userId, by);
  }
}
