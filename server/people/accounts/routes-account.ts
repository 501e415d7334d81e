import type { Request, Response } from 'express';
import { SignInNeeded } from '../../errors.js';
import type { WebDeps } from '../../platform/http/deps.js';
import { parseForm, typed } from '../../platform/http/forms.js';
import { sessionIdOf } from '../../platform/http/security/session-cookie.js';
import { actorOf } from '../../platform/http/page.js';
import { spoken } from '../../platform/i18n/spoken.js';
import { jobQuestionsOf } from '../../teaching/learning/chosen-job.js';
import { addresses } from '../../teaching/learning/cycle-addresses.js';
import { jobValues } from '../../teaching/learning/pages/job-page.js';
import { newPinForm } from '../organisations/entry/entry-forms.js';
import { signedIn, type Actor } from '../../policy.js';
import { hasRooms } from '../../proof/reports/rooms/stored-rooms.js';
import { addressForm, nameForm, passwordForm } from './account-forms.js';
import { accountLimits } from './account-limits.js';
import { askForAddress, waitingChange } from './new-address/address-changes.js';
import { countAddressChange } from './new-address/routes-new-address.js';
import { hasAddress } from './no-address.js';
import { isOwnWords } from './passwords/own-words.js';
import { addressOf, rename, setDiscreet } from './people.js';
import { changePassword, hasPassword } from './sign-up/recovery.js';

/** What the page says has just been saved. */
const SAVED = ['name', 'address', 'firstAddress', 'sameAddress', 'password', 'pin', 'discreet'] as const;

export async function showAccount(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const saved = SAVED.find(each => each === req.query.saved) ?? null;
  await page(deps, req, res, { saved });
}

export async function changeName(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const actor = actorIn(req);
  const form = parseForm(nameForm, req.body, spoken);
  if (!form.ok)
    return page(deps, req, res, { errors: form.errors, values: { name: typed(req.body, 'name') } });
  await rename(actor.id, form.value.name, deps.clock());
  res.redirect(303, '/account?saved=name');
}

/** Change the password, and end the person's sessions everywhere else. */
export async function replacePassword(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { limits, sessions, clock } = deps;
  const { id } = actorIn(req);
  const hasPin = await signsInByPin(id);
  const form = parseForm(hasPin ? newPinForm : passwordForm, req.body, spoken);
  if (!form.ok) return page(deps, req, res, { errors: form.errors });
  await limits.consume(accountLimits.passwordByAccount, id, clock());
  const { present, password } = form.value;
  if (!hasPin && isOwnWords(password, (await addressOf(id)) ?? {}))
    return page(deps, req, res, { errors: { password: spoken('errors.password-own') } });
  if (!(await changePassword(id, { present, next: password }, clock())))
    return page(deps, req, res, { errors: { present: wrongSecret(hasPin) } });
  await limits.forgive(accountLimits.passwordByAccount, id);
  await sessions.endAll(id, sessionIdOf(req));
  res.redirect(303, hasPin ? '/account?saved=pin' : '/account?saved=password');
}

/** Ask for another address. The answer is the same whether or not somebody else has it: its mailbox learns which. */
export async function changeAddress(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { limits, clock } = deps;
  const { id } = actorIn(req);
  const form = parseForm(addressForm, req.body, spoken);
  const values = { email: typed(req.body, 'email') };
  if (!form.ok) return page(deps, req, res, { errors: form.errors, values });
  await limits.consume(accountLimits.passwordByAccount, id, clock());
  const { email, addressPassword } = form.value;
  await countAddressChange(deps, id, email);
  const outcome = await askForAddress(id, { email, password: addressPassword }, clock());
  if (outcome === 'wrong-password')
    return page(deps, req, res, { errors: { addressPassword: wrongSecret(await signsInByPin(id)) }, values });
  await limits.forgive(accountLimits.passwordByAccount, id);
  if (outcome === 'same')
    return page(deps, req, res, { errors: { email: spoken('errors.email-same') }, values });
  res.redirect(303, '/account');
}

/** Whoever has no address signs in with a staff number and a PIN. */
const signsInByPin = async (id: string): Promise<boolean> => !hasAddress((await addressOf(id))?.email ?? '');

const wrongSecret = (hasPin: boolean): string =>
  spoken(hasPin ? 'errors.present-pin' : 'errors.present-password');

export async function chooseDiscreet(_deps: WebDeps, req: Request, res: Response): Promise<void> {
  await setDiscreet(actorIn(req).id, typed(req.body, 'discreet') === 'on');
  res.redirect(303, '/account?saved=discreet');
}

const actorIn = (req: Request): Actor => signedIn(actorOf(req));

interface Shown {
  readonly saved?: (typeof SAVED)[number] | null;
  readonly errors?: Record<string, string>;
  /** What was typed into a form that has errors. */
  readonly values?: { readonly name?: string; readonly email?: string };
}

async function page(deps: WebDeps, req: Request, res: Response, shown: Shown): Promise<void> {
  const { saved = null, errors = {}, values = {} } = shown;
  const { id, grants, within, hasFactor = false } = actorIn(req);
  const account = await addressOf(id);
  if (!account) throw new SignInNeeded();
  const waiting = await waitingChange(id, deps.clock());
  const jobs = (await jobQuestionsOf(id)).map(({ title, cycle, ...question }) => ({
    title,
    ...jobValues(question, addresses(cycle.id).job, spoken),
  }));
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  deps.show(
    req,
    res,
    'people/accounts/account',
    {
      saved,
      errors,
      values,
      account: { ...account, email: hasAddress(account.email) ? account.email : null },
      hasPassword: await hasPassword(id),
      newEmail: waiting?.newEmail ?? null,
      jobs,
      hasRoles: grants.length > 0,
      hasFactor,
      isOneOrganisation: within !== undefined,
      hasRooms: await hasRooms(id),
    },
    { status, nav: 'account' },
  );
}
