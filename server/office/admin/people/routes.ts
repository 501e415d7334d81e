import { Router, type Request, type Response } from 'express';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { parseInteger } from '../../../platform/lib/numbers.js';
import { authorise, signedIn } from '../../../policy.js';
import { agreeExtraTime, organisationsOf } from '../../../teaching/quizzes/attempts/time/extra-time.js';
import { readExtraTime, typedExtraTime } from './extra-time-form.js';
import { grantOneMore } from './limited-attempts.js';
import { peoplePage } from './people-page.js';
import { personPage } from './person-page.js';
import { personById, type PersonRow } from './person.js';

const HOME = '/admin/people';
const PERSON = `${HOME}/:id`;

/** All people, and each alone: extra time, and attempts beyond a limit. Nobody records here why a person needs time. */
export function personPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(HOME, on(listPeople));
  router.get(PERSON, on(showPerson));
  router.post(`${PERSON}/extra-times`, on(agree));
  router.post(`${PERSON}/attempt-grants`, on(grant));
  return router;
}

async function listPeople({ show, config }: WebDeps, req: Request, res: Response): Promise<void> {
  const asked = { query: typed(req.query, 'query').trim(), after: typed(req.query, 'after') };
  const values = await peoplePage(asked, hereIn(config.timeZone));
  show(req, res, 'office/admin/people/people', values, { nav: 'admin' });
}

async function showPerson(deps: WebDeps, req: Request, res: Response): Promise<void> {
  await page(deps, req, res, await load(req), {});
}

/** Record that a person was promised extra time. */
async function agree(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const person = await loadToFavour(req);
  const { timeZone } = deps.config;
  const here = { now: deps.clock(), timeZone, t: spoken };
  const form = readExtraTime(req.body, await organisationsOf(person.id), here);
  if (!form.ok) return page(deps, req, res, person, form.errors);
  const { organisationId, ...agreed } = form.value;
  await agreeExtraTime({ userId: person.id, organisationId }, agreed, by(deps, req));
  res.redirect(303, `${HOME}/${person.id}?kept`);
}

/** Grant one more attempt at a quiz whose attempts are limited. */
async function grant(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { id: userId } = await loadToFavour(req);
  const number = parseInteger(typed(req.body, 'number'), { min: 1, max: 1000 });
  if (number === null) throw new NotFound();
  const asked = { userId, cycleId: typed(req.body, 'cycle'), quiz: typed(req.body, 'quiz'), number };
  if (!(await grantOneMore(asked, by(deps, req)))) throw new NotFound();
  res.redirect(303, `${HOME}/${userId}?granted`);
}

async function load(req: Request): Promise<PersonRow> {
  const person = await personById(req.params.id);
  if (!person) throw new NotFound();
  return person;
}

/** The person; 403 to those who would do themselves a favour. */
async function loadToFavour(req: Request): Promise<PersonRow> {
  const person = await load(req);
  authorise(actorOf(req), 'person.favour', { userId: person.id });
  return person;
}

const by = ({ clock }: WebDeps, req: Request) => ({ actorId: signedIn(actorOf(req)).id, now: clock() });

async function page(
  { show, clock, config }: WebDeps,
  req: Request,
  res: Response,
  person: PersonRow,
  errors: Record<string, string>,
): Promise<void> {
  const actor = signedIn(actorOf(req));
  const look = { actor, now: clock(), place: hereIn(config.timeZone), isLong: 'all' in req.query };
  const values = await personPage(person, { values: typedExtraTime(req.body), errors }, look);
  const told = 'kept' in req.query ? 'kept' : 'granted' in req.query ? 'granted' : null;
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  show(req, res, 'office/admin/people/person', { ...values, told }, { status, nav: 'admin' });
}
