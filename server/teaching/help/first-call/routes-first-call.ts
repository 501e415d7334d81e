import type { Request, Response } from 'express';
import { z } from 'zod';
import type { WebDeps } from '../../../platform/http/deps.js';
import { parseForm, typed } from '../../../platform/http/forms.js';
import { actorOf } from '../../../platform/http/page.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { signedIn } from '../../../policy.js';
import { firstCallOf, keepFirstCall, removeFirstCall, type FirstCallFacts } from './first-call.js';

export const FIRST_CALL = '/first-call';

/** As much as a card of A6 has room for. */
const line = (key: string) =>
  z
    .string(key)
    .trim()
    .min(1, key)
    .max(80, key)
    .regex(/^\P{Cc}*$/u, key);

const form = z.object({
  inside: line('errors.first-call-inside'),
  outside: line('errors.first-call-outside'),
  sign: line('errors.first-call-sign'),
});

/** A person's own first call. */
export async function showFirstCall(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const kept = await firstCallOf(signedIn(actorOf(req)).id);
  page(deps, req, res, { kept, values: kept ?? { inside: '', outside: '', sign: '' }, errors: {} });
}

export async function saveFirstCall(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { id } = signedIn(actorOf(req));
  const read = parseForm(form, req.body, spoken);
  if (read.ok) {
    await keepFirstCall(id, read.value, deps.clock());
    return res.redirect(303, `${FIRST_CALL}?saved`);
  }
  const [inside, outside, sign] = ['inside', 'outside', 'sign'].map(name => typed(req.body, name));
  const values = { inside: inside ?? '', outside: outside ?? '', sign: sign ?? '' };
  page(deps, req, res, { kept: await firstCallOf(id), values, errors: read.errors });
}

export async function deleteFirstCall(_deps: WebDeps, req: Request, res: Response): Promise<void> {
  await removeFirstCall(signedIn(actorOf(req)).id);
  res.redirect(303, `${FIRST_CALL}?removed`);
}

interface Shown {
  readonly kept: FirstCallFacts | null;
  readonly values: FirstCallFacts;
  readonly errors: Record<string, string>;
}

function page({ show }: WebDeps, req: Request, res: Response, { kept, ...shown }: Shown): void {
  const told = 'saved' in req.query ? 'saved' : 'removed' in req.query ? 'removed' : null;
  const isWrong = Object.keys(shown.errors).length > 0;
  const values = { ...shown, isKept: kept !== null, told: isWrong ? null : told, action: FIRST_CALL };
  show(req, res, 'teaching/help/first-call', values, { status: isWrong ? 422 : 200, nav: 'learning' });
}
