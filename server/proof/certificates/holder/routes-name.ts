import { Router, type Request, type Response } from 'express';
import { takenCourse } from '../../../teaching/learning/path/taken-course.js';
import { NotFound } from '../../../errors.js';
import { typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { nextStep } from '../../../teaching/learning/completion.js';
import { addresses } from '../../../teaching/learning/cycle-addresses.js';
import { stepHref } from '../../../teaching/learning/next-up.js';
import { findCycle, type CycleFacts } from '../../../teaching/learning/enrolments.js';
import { confirmedName, confirmName } from '../../../teaching/learning/naming.js';
import { progressOf } from '../../../teaching/learning/progress.js';
import { authorise, signedIn } from '../../../policy.js';
import type { IssuerDeps } from '../issuer-deps.js';
import { isApprovedName } from './name-corrections.js';
import { nameValues, type ShownName } from './name-page.js';
import { readName } from './printable-name.js';

/**
 * The name on the certificate, before the last quiz: shown as it will be printed, then confirmed. Only what was shown is
 * confirmed: another text in the field is shown first.
 */
export function nameRoutes(deps: IssuerDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get('/learning/:cycle/name', on(showName));
  router.post('/learning/:cycle/name', on(confirm));
  return router;
}

async function showName(deps: IssuerDeps, req: Request, res: Response): Promise<void> {
  const { actor, cycle } = await load(req);
  if (cycle.completedAt !== null) return res.redirect(303, addresses(cycle.id).course);
  const known = (await confirmedName(cycle.id))?.name ?? actor.name;
  const read = readName(known);
  const { name, leftOut } = read.ok ? read : { name: null, leftOut: false };
  await ask(deps, req, res, { cycle, name, typed: name ?? known, leftOut });
}

async function confirm(deps: IssuerDeps, req: Request, res: Response): Promise<void> {
  const { cycle } = await load(req);
  const text = typed(req.body, 'name');
  const read = readName(text);
  if (!read.ok) return ask(deps, req, res, { cycle, name: null, typed: text, error: spoken(read.error) });
  const { name, leftOut } = read;
  if (typed(req.body, 'act') !== 'confirm' || name !== typed(req.body, 'shown'))
    return ask(deps, req, res, { cycle, name, typed: name, leftOut });
  await confirmName(cycle, name, deps.clock(), await isApprovedName(cycle, name));
  const { snapshot } = await takenCourse(cycle);
  const step = nextStep(snapshot, await progressOf(cycle.id));
  res.redirect(303, step ? stepHref(cycle.id, step) : addresses(cycle.id).course);
}

async function ask(
  { show, papers }: IssuerDeps,
  req: Request,
  res: Response,
  { cycle, ...shown }: ShownName & { cycle: CycleFacts },
): Promise<void> {
  const values = await nameValues(cycle, shown, papers.thread);
  const status = shown.error ? 422 : 200;
  show(req, res, 'proof/certificates/holder/name', values, { status, nav: 'learning' });
}

/** The cycle that an address names, for its learner. Throws otherwise. */
async function load(req: Request) {
  const actor = signedIn(actorOf(req));
  const cycle = await findCycle(req.params['cycle']);
  authorise(actor, 'cycle.learn', cycle);
  if (!cycle) throw new NotFound();
  return { actor, cycle };
}
