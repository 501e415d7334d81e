import type { Request, Response } from 'express';
import { Conflict } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { actorOf } from '../../../platform/http/page.js';
import { displayCode } from '../../../platform/lib/ids.js';
import { signedIn } from '../../../policy.js';
import { factorsOf, hasFactor } from './own-factors.js';
import { makeCodes } from './recovery-codes.js';

/** The page of a person's own second factors. */
export const FACTORS = '/account/factors';

/** Make new codes and show them, once: a form that is sent again makes others. */
export async function showNewCodes(
  { show, clock, secrets }: WebDeps,
  req: Request,
  res: Response,
): Promise<void> {
  const actor = signedIn(actorOf(req));
  if (!(await hasFactor(actor.id))) throw new Conflict('There is no factor that they could replace');
  const codes = await makeCodes(actor.id, { key: secrets.factors, now: clock() });
  show(req, res, 'people/accounts/factors/codes', { codes: codes.map(displayCode) }, { nav: 'account' });
}

/** After a factor was added: the codes on paper with the first, else back to where the factors are. */
export async function codesOrHome(deps: WebDeps, req: Request, res: Response): Promise<void> {
  if ((await factorsOf(signedIn(actorOf(req)).id)).codes > 0)
    return res.redirect(303, `${FACTORS}?done=factor-added`);
  await showNewCodes(deps, req, res);
}
