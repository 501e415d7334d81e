import { Router, type Request, type Response } from 'express';
import { accountLimits } from '../../accounts/account-limits.js';
import { addressOf } from '../../accounts/people.js';
import type { WebDeps } from '../../http/deps.js';
import { typed } from '../../http/forms.js';
import { handlersWith } from '../../http/handlers.js';
import { actorOf } from '../../http/page.js';
import { networkOf } from '../../http/security/network.js';
import { spoken } from '../../i18n/spoken.js';
import { signedIn } from '../../policy.js';
import { acceptInvitation, invitationOf } from './accept.js';

const PAGE = '/invitation';

/** The page of a mailed invitation. It says which organisation invites, and nothing of whom. */
export function invitationPage(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(PAGE, on(showInvitation));
  router.post(PAGE, on(accept));
  return router;
}

const showInvitation = (deps: WebDeps, req: Request, res: Response): Promise<void> =>
  page(deps, req, res, typed(req.query, 'token'), {});

/** Join the account that is signed in. Where the invitation went to another address, its reader says that it is theirs. */
async function accept(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { limits, clock } = deps;
  const actor = signedIn(actorOf(req));
  const token = typed(req.body, 'token');
  await limits.consume(accountLimits.linkByAddress, networkOf(req.ip), clock());
  const invitation = await invitationOf(token, clock());
  if (!invitation) return page(deps, req, res, token, {});
  await limits.giveBack(accountLimits.linkByAddress, networkOf(req.ip));
  const isOther = (await addressOf(actor.id))?.email !== invitation.email;
  if (isOther && typed(req.body, 'isMine') !== 'yes')
    return page(deps, req, res, token, { isMine: spoken('invitation.confirmMine') });
  const accepted = await acceptInvitation(token, { userId: actor.id, now: clock() });
  if (accepted === 'accepted') return res.redirect(303, '/learning?done=invitation-accepted');
  return page(deps, req, res, token, {}, accepted === 'member');
}

async function page(
  { show, clock }: WebDeps,
  req: Request,
  res: Response,
  token: string,
  errors: Record<string, string>,
  isMember = false,
): Promise<void> {
  const invitation = await invitationOf(token, clock());
  if (!invitation) return show(req, res, 'organisations/invitations/no-link', {}, { status: 404 });
  const actor = actorOf(req);
  const account = actor && (await addressOf(actor.id));
  const next = encodeURIComponent(`${PAGE}?token=${token}`);
  const values = {
    organisation: invitation.organisation,
    token,
    account: account && { email: account.email, isOther: account.email !== invitation.email },
    signIn: `/sign-in?next=${next}`,
    signUp: `/sign-up?invitation=${token}`,
    ...{ errors, isMember },
  };
  const status = isMember ? 409 : Object.keys(errors).length > 0 ? 422 : 200;
  show(req, res, 'organisations/invitations/invitation', values, { status });
}
