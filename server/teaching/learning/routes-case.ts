import type { Request, Response } from 'express';
import { NotFound } from '../../errors.js';
import type { WebDeps } from '../../platform/http/deps.js';
import { spoken } from '../../platform/i18n/spoken.js';
import {
  decisionValues,
  endingValues,
  outcomeValues,
  placeAfter,
  placeIn,
  unheardValues,
} from './pages/case-page.js';
import { mayTake } from './completion.js';
import { addresses } from './cycle-addresses.js';
import { load, moduleIn } from './routes-load.js';

/** A practice case. Where the learner stands is in the address alone, so that Back works and nothing is stored. */
export async function showCase({ show }: WebDeps, req: Request, res: Response): Promise<void> {
  const { place, module, cycleId, course, progress } = await loadCase(req);
  const { node, ending } = place;
  if (node)
    return show(req, res, 'teaching/learning/case', decisionValues(place, node, null), { nav: 'learning' });
  if (ending.kind === 'unheard')
    return show(req, res, 'teaching/learning/case-unheard', unheardValues(place, ending), {
      nav: 'learning',
    });
  const isOpen = mayTake(course.snapshot, module.slug, progress);
  const quizHref = isOpen ? addresses(cycleId).quiz(module.slug) : null;
  show(req, res, 'teaching/learning/case-end', endingValues(place, ending, quizHref), { nav: 'learning' });
}

/** What came of the decision that was made. */
export async function showCaseOutcome({ show }: WebDeps, req: Request, res: Response): Promise<void> {
  const { place } = await loadCase(req);
  if (!place.node) throw new NotFound();
  if (!('choice' in req.query)) {
    const values = decisionValues(place, place.node, spoken('question.problem.missing'));
    return show(req, res, 'teaching/learning/case', values, { status: 422, nav: 'learning' });
  }
  const after = placeAfter(place, req.query.choice);
  const last = after?.steps.at(-1);
  if (!after || !last) throw new NotFound();
  const values = outcomeValues(after, last, after.ending !== null);
  show(req, res, 'teaching/learning/case-outcome', values, { nav: 'learning' });
}

/** The place in a module's case that an address names. Only the cycle's learner may. */
async function loadCase(req: Request) {
  const { cycle, course, progress } = await load(req);
  const module = moduleIn(course, req.params.module);
  const to = addresses(cycle.id);
  const { scenario, slug, title, care = null } = module;
  const back = { href: to.module(slug), text: title };
  const place = placeIn({ scenario, care, careHref: to.care, href: to.case(slug), back }, req.query.path);
  if (!place) throw new NotFound();
  return { place, module, cycleId: cycle.id, course, progress };
}
