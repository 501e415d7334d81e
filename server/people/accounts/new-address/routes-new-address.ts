import type { Request, Response } from 'express';
import type { WebDeps } from '../../../platform/http/deps.js';
import { parseForm, typed } from '../../../platform/http/forms.js';
import { actorOf } from '../../../platform/http/page.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { readLink } from '../../../platform/lib/signed-links.js';
import { signedIn } from '../../../policy.js';
import { newAddressForm } from '../account-forms.js';
import { accountLimits } from '../account-limits.js';
import { hasAddress } from '../no-address.js';
import type { SignIn } from '../sign-in/sign-in.js';
import { beginAfresh, countLink, giveLinkBack, linkProblem, tokenIn } from '../sign-up/routes-links.js';
import {
  confirmableChange,
  confirmNewAddress,
  stopOwnChange,
  type ChangeOfAddress,
} from './address-changes.js';
import { objectionable, objectToChange } from './undo-address-change.js';

/** The page of the link that was mailed to a new address. It asks for the password: see `confirmNewAddress`. */
export async function showNewAddress(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const token = tokenIn(req);
  const id = readLink('new-address', token, deps.secrets.links);
  const change = id && (await confirmableChange(id, deps.clock()));
  if (!change) return linkProblem(deps, req, res, 'address');
  deps.show(req, res, 'people/accounts/new-address/new-address', {
    ...confirmPage(change, token),
    errors: {},
  });
}

/** Confirm a new address; everybody is signed out, and whoever confirms is signed in. */
export async function confirmOwnAddress(deps: WebDeps & SignIn, req: Request, res: Response): Promise<void> {
  const token = typed(req.body, 'token');
  const id = readLink('new-address', token, deps.secrets.links);
  const change = id && (await confirmableChange(id, deps.clock()));
  if (!change) return linkProblem(deps, req, res, 'address');
  const form = parseForm(newAddressForm, req.body, spoken);
  if (!form.ok) return askAgain(deps, req, res, { change, token, errors: form.errors });
  await countLink(deps, req);
  await deps.limits.consume(accountLimits.newAddressByLink, change.id, deps.clock());
  const outcome = await confirmNewAddress(change.id, form.value.password, deps.clock());
  if (outcome === 'no-link') return linkProblem(deps, req, res, 'address');
  if (outcome === 'wrong-password')
    return askAgain(deps, req, res, {
      change,
      token,
      errors: { password: spoken(isFirst(change) ? 'errors.present-pin' : 'errors.present-password') },
    });
  await beginAfresh(deps, req, res, change.userId);
  const isIn = await deps.letIn(req, change.userId, { door: 'new-address', at: null });
  const saved = isFirst(change) ? 'firstAddress' : 'address';
  res.redirect(303, isIn ? `/account?saved=${saved}` : '/sign-in');
}

const askAgain = (
  { show }: WebDeps,
  req: Request,
  res: Response,
  { change, token, errors }: { change: ChangeOfAddress; token: string; errors: Record<string, string> },
): void =>
  show(
    req,
    res,
    'people/accounts/new-address/new-address',
    { ...confirmPage(change, token), errors },
    { status: 422 },
  );

/** Whether the account has had no address: then it is used with a PIN. */
const isFirst = ({ oldEmail }: ChangeOfAddress): boolean => !hasAddress(oldEmail);

const confirmPage = (change: ChangeOfAddress, token: string) => ({
  ...{ token, email: change.newEmail, hasPin: isFirst(change) },
});

/** Take back a change that waits for its new address. */
export async function stopAddressChange({ clock }: WebDeps, req: Request, res: Response): Promise<void> {
  await stopOwnChange(signedIn(actorOf(req)).id, clock());
  res.redirect(303, '/account?saved=sameAddress');
}

/** The page of the link that was mailed to the old address. It only asks: programs that look through mail open every link. */
export async function showOldAddress(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const token = tokenIn(req);
  const id = readLink('old-address', token, deps.secrets.links);
  const found = id && (await objectionable(id, deps.clock()));
  if (!found) return linkProblem(deps, req, res, 'old-address');
  deps.show(req, res, 'people/accounts/new-address/old-address', {
    token,
    email: found.change.oldEmail,
    can: found.can,
  });
}

export async function keepOldAddress(deps: WebDeps, req: Request, res: Response): Promise<void> {
  await countLink(deps, req);
  const { secrets, sessions, clock } = deps;
  const id = readLink('old-address', typed(req.body, 'token'), secrets.links);
  const found = id && (await objectionable(id, clock()));
  const outcome = found
    ? await objectToChange(found.change.id, { key: secrets.links, now: clock() })
    : 'no-link';
  if (!found || outcome === 'no-link') return linkProblem(deps, req, res, 'old-address');
  // Those that this process has just read count for seconds more unless it forgets them.
  if (outcome === 'undone') await sessions.endAll(found.change.userId, null);
  await giveLinkBack(deps, req);
  res.redirect(303, `/old-address/kept?outcome=${outcome}`);
}

/** What came of an objection. */
const OUTCOMES = ['stopped', 'undone', 'taken'] as const;

export function showOldAddressKept({ show }: WebDeps, req: Request, res: Response): void {
  const outcome = OUTCOMES.find(each => each === typed(req.query, 'outcome')) ?? 'stopped';
  show(req, res, 'people/accounts/new-address/old-address-kept', { outcome });
}

/** Count a change that somebody asks for. Throws TooMany beyond the limits. */
export async function countAddressChange(
  { limits, clock }: WebDeps,
  userId: string,
  email: string,
): Promise<void> {
  await limits.consume(accountLimits.addressByAccount, userId, clock());
  await limits.consume(accountLimits.confirmMail, email, clock());
}
