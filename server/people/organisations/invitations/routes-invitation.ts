import { Router, type Request, type Response } from 'express';
import { invitedForm } from '../../accounts/account-forms.js';
import { accountLimits } from '../../accounts/account-limits.js';
import { addressOf } from '../../accounts/people.js';
import type { SignIn } from '../../accounts/sign-in/sign-in.js';
import { isAddressTaken } from '../../accounts/sign-up/registration.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { parseForm, typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { networkOf } from '../../../platform/http/security/network.js';
import { spoken, spokenLocale } from '../../../platform/i18n/spoken.js';
import { signedIn } from '../../../policy.js';
import { acceptInvitation, invitationOf } from './accept.js';
import { declineInvitation, invitationToDecline } from './end-invitation.js';
import { invitationLimits } from './invitation-limits.js';
import { periodText, roleText } from '../grants/role-texts.js';
import { roleFacts } from './invited-role.js';
import { joinInvited } from './join-invited.js';
import { addressOfOldLink, renewOldLink } from './renew-link.js';

const PAGE = '/invitation';
const ACCOUNT = `${PAGE}/account`;
const RENEWAL = `${PAGE}/renewal`;
const NOT_FOR_ME = `${PAGE}/not-for-me`;

/** The page of a mailed invitation. It says which organisation invites, and the name on its list to whoever makes an account. */
export function invitationPage(deps: WebDeps, signIn: SignIn): Router {
  const router = Router();
  const on = handlersWith({ ...deps, ...signIn });
  router.get(PAGE, on(showInvitation));
  router.post(PAGE, on(accept));
  router.post(ACCOUNT, on(join));
  router.post(RENEWAL, on(renew));
  router.get(NOT_FOR_ME, on(askToDecline));
  router.post(NOT_FOR_ME, on(decline));
  return router;
}

const showInvitation = (deps: WebDeps, req: Request, res: Response): Promise<void> =>
  page(deps, req, res, typed(req.query, 'token'));

/** Join the account that is signed in. Where the invitation went to another address, its reader says that it is theirs. */
async function accept(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { limits, clock } = deps;
  const actor = signedIn(actorOf(req));
  const token = typed(req.body, 'token');
  await limits.consume(accountLimits.linkByAddress, networkOf(req.ip), clock());
  const invitation = await invitationOf(token, clock());
  if (!invitation) return page(deps, req, res, token);
  await limits.giveBack(accountLimits.linkByAddress, networkOf(req.ip));
  const isOther = (await addressOf(actor.id))?.email !== invitation.email;
  if (isOther && typed(req.body, 'isMine') !== 'yes')
    return page(deps, req, res, token, {
      errors: { isMine: spoken('invitation.confirmMine') },
      status: 422,
    });
  const accepted = await acceptInvitation(token, { userId: actor.id, now: clock() });
  if (accepted === 'accepted') return res.redirect(303, '/learning?done=invitation-accepted');
  return page(deps, req, res, token, { isMember: accepted === 'member', status: 409 });
}

/** Make an account for the address that the invitation went to, sign it in, and accept with it. */
async function join(deps: WebDeps & SignIn, req: Request, res: Response): Promise<void> {
  const { limits, clock } = deps;
  const token = typed(req.body, 'token');
  const form = parseForm(invitedForm, req.body, spoken);
  if (actorOf(req)) return page(deps, req, res, token, { status: 409 });
  if (!form.ok) return page(deps, req, res, token, { errors: form.errors, status: 422 });
  await limits.consume(accountLimits.linkByAddress, networkOf(req.ip), clock());
  const joined = await joinInvited(form.value, clock());
  // The page says what to do instead: ask for another link, or sign in.
  if (joined.kind !== 'joined') return page(deps, req, res, token, { status: 409 });
  await limits.giveBack(accountLimits.linkByAddress, networkOf(req.ip));
  await deps.letIn(req, joined.userId, { door: 'invitation', at: null });
  res.redirect(303, '/learning?done=invitation-accepted');
}

/** Mail a link that works in place of an old one, to the address that it went to: whoever holds the old one learns nothing. */
async function renew({ limits, clock, secrets, show }: WebDeps, req: Request, res: Response): Promise<void> {
  const token = typed(req.body, 'token');
  await limits.consume(accountLimits.linkByAddress, networkOf(req.ip), clock());
  const email = await addressOfOldLink(token);
  if (email !== null) {
    await limits.consume(invitationLimits.mail, email, clock());
    await renewOldLink(token, { key: secrets.links, now: clock() });
  }
  show(req, res, 'people/organisations/invitations/renewed', {});
}

/** From the mail: the reader says that the invitation is not for them. Mail programs open links by themselves, so a press of a button counts. */
async function askToDecline({ show }: WebDeps, req: Request, res: Response): Promise<void> {
  const token = typed(req.query, 'token');
  const open = await invitationToDecline(token);
  if (!open)
    return show(req, res, 'people/organisations/invitations/no-link', { renewal: null }, { status: 404 });
  show(req, res, 'people/organisations/invitations/not-for-me', {
    organisation: open.organisation,
    token,
    isDone: false,
  });
}

async function decline({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const token = typed(req.body, 'token');
  const open = await invitationToDecline(token);
  if (!open)
    return show(req, res, 'people/organisations/invitations/no-link', { renewal: null }, { status: 404 });
  await declineInvitation(token, clock());
  show(req, res, 'people/organisations/invitations/not-for-me', {
    organisation: open.organisation,
    token,
    isDone: true,
  });
}

async function page(
  { show, clock }: WebDeps,
  req: Request,
  res: Response,
  token: string,
  { errors = {}, isMember = false, status = 200 }: Said = {},
): Promise<void> {
  const invitation = await invitationOf(token, clock());
  if (!invitation) {
    const renewal = (await addressOfOldLink(token)) === null ? null : { action: RENEWAL, token };
    return show(req, res, 'people/organisations/invitations/no-link', { renewal }, { status: 404 });
  }
  const actor = actorOf(req);
  const account = actor && (await addressOf(actor.id));
  const { organisation, email } = invitation;
  const role = roleFacts(invitation);
  const next = encodeURIComponent(`${PAGE}?token=${token}`);
  const values = {
    ...{ organisation, token, errors, isMember },
    role: role && {
      role: roleText(role, { t: spoken }),
      period: periodText(role, { t: spoken, locale: spokenLocale() }),
    },
    account: account && { email: account.email, isOther: account.email !== email },
    joining: (await isAddressTaken(email))
      ? null
      : {
          email,
          name: req.method === 'GET' ? invitation.name : typed(req.body, 'name'),
          action: ACCOUNT,
          signUp: `/sign-up?invitation=${token}`,
        },
    signIn: `/sign-in?next=${next}`,
    notForMe: `${NOT_FOR_ME}?token=${token}`,
  };
  show(req, res, 'people/organisations/invitations/invitation', values, { status });
}

/** Why a form was not taken: errors by field, or that the account belongs to another of the organisation's people. */
interface Said {
  readonly errors?: Record<string, string>;
  readonly isMember?: boolean;
  readonly status?: number;
}
