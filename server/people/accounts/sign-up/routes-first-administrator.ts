import type { Request, Response } from 'express';
import type { WebDeps } from '../../../platform/http/deps.js';
import { parseForm, typed } from '../../../platform/http/forms.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { firstAdministratorForm } from '../account-forms.js';
import { hasAdministrator, makeFirstAdministrator } from '../administrators.js';
import { isTokenValid } from './link-tokens.js';
import { beginAfresh, countLink, linkProblem, tokenIn } from './routes-links.js';

const KIND = 'first-administrator';

/** The form behind the link that the server prints while nobody administers the installation. */
export async function showFirstAdministrator(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const token = tokenIn(req);
  if (!(await isTokenValid(KIND, token, deps.clock())) || (await hasAdministrator()))
    return linkProblem(deps, req, res, KIND);
  deps.show(req, res, 'people/accounts/sign-up/new-password', {
    kind: KIND,
    email: '',
    token,
    values: {},
    errors: {},
  });
}

export async function becomeFirstAdministrator(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const form = parseForm(firstAdministratorForm, req.body, spoken);
  if (!form.ok) {
    const filled = { email: typed(req.body, 'email'), values: { name: typed(req.body, 'name') } };
    const values = { kind: KIND, token: typed(req.body, 'token'), ...filled, errors: form.errors };
    return deps.show(req, res, 'people/accounts/sign-up/new-password', values, { status: 422 });
  }
  await countLink(deps, req);
  const userId = await makeFirstAdministrator(form.value.token, form.value, deps.clock());
  if (!userId) return linkProblem(deps, req, res, KIND);
  await beginAfresh(deps, req, res, userId);
  res.redirect(303, '/sign-in?changed=1');
}
