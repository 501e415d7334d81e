import type { Request, Response } from 'express';
import type { WebDeps } from '../../../platform/http/deps.js';
import { parseForm } from '../../../platform/http/forms.js';
import { actorOf } from '../../../platform/http/page.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { signedIn } from '../../../policy.js';
import { showOwnData } from '../routes-own-data.js';
import { askForErasure, withdrawErasure } from './erasure-requests.js';
import { sureForm } from './erasure-forms.js';

/** Ask for one's own details to be erased. Somebody else decides. */
export async function askForOwnErasure(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { id } = signedIn(actorOf(req));
  const form = parseForm(sureForm, req.body, spoken);
  if (!form.ok) return showOwnData(deps, req, res, form.errors);
  const subject = { userId: id, membershipId: null };
  await askForErasure(subject, '', { actorId: id, now: deps.clock() });
  res.redirect(303, '/account/data');
}

/** Take it back, as long as nobody has decided. */
export async function withdrawOwnErasure({ clock }: WebDeps, req: Request, res: Response): Promise<void> {
  await withdrawErasure(signedIn(actorOf(req)).id, clock());
  res.redirect(303, '/account/data');
}
