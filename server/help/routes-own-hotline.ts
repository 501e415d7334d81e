import type { Request, Response } from 'express';
import { NotFound } from '../errors.js';
import type { WebDeps } from '../http/deps.js';
import { typed, typedDay } from '../http/forms.js';
import { actorOf } from '../http/page.js';
import { hereIn, spoken } from '../i18n/spoken.js';
import { dayOf } from '../lib/days.js';
import { openOrganisation } from '../organisations/memberships.js';
import { signedIn } from '../policy.js';
import { entryNumber, readOwnHotline } from './own-hotline-form.js';
import { ownHotlinePage, removalPage } from './own-hotline-page.js';
import { ownHotlineHistory, setOwnHotline, type OwnHotlineFacts } from './own-hotline.js';

/** The address of the organisation's own hotline. */
export const OWN_HOTLINE = '/admin/reporting-line';

type Errors = Record<string, string>;

export const showOwnHotline = (deps: WebDeps, req: Request, res: Response): Promise<void> =>
  page(deps, req, res, {});

/** Enter the hotline, or confirm that it still answers. */
export async function saveOwnHotline(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const form = readOwnHotline(req.body, dayOf(deps.clock(), deps.config.timeZone));
  if (!form.ok) return page(deps, req, res, form.errors);
  await keep(deps, req, form.number, form.line);
  res.redirect(303, `${OWN_HOTLINE}?saved`);
}

/** Ask first: removing it takes the first number from every card. */
export const askToRemove = (deps: WebDeps, req: Request, res: Response): Promise<void> =>
  ask(deps, req, res, {});

export async function removeOwnHotline(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const number = entryNumber(req.body);
  if (number === null) return ask(deps, req, res, { form: spoken('errors.again') });
  if (typed(req.body, 'sure') !== 'yes') return ask(deps, req, res, { sure: spoken('errors.sure') });
  await keep(deps, req, number, null);
  res.redirect(303, `${OWN_HOTLINE}?removed`);
}

async function keep({ clock }: WebDeps, req: Request, number: number, line: OwnHotlineFacts | null) {
  const { id } = await openOrganisation();
  const { id: actorId } = signedIn(actorOf(req));
  await setOwnHotline(id, { number, line }, { actorId, now: clock() });
}

async function page({ show, clock, config }: WebDeps, req: Request, res: Response, errors: Errors) {
  const { id, name: organisation } = await openOrganisation();
  const place = hereIn(config.timeZone);
  const shown = ownHotlinePage(await ownHotlineHistory(id), { now: clock(), place });
  const isTyped = Object.keys(errors).length > 0;
  const filled = (field: 'name' | 'phone' | 'hours') =>
    isTyped ? typed(req.body, field) : (shown.line?.[field] ?? '');
  const values = {
    name: filled('name'),
    phone: filled('phone'),
    hours: filled('hours'),
    // Never filled in for anybody: saving again would say that somebody called the number.
    checkedOn: typedDay(req.body, 'checkedOn'),
  };
  const told = 'saved' in req.query ? 'saved' : 'removed' in req.query ? 'removed' : null;
  const status = isTyped ? 422 : 200;
  show(req, res, 'help/own-line', { organisation, ...shown, told, errors, values }, { status, nav: 'admin' });
}

async function ask({ show }: WebDeps, req: Request, res: Response, errors: Errors) {
  const values = removalPage(await ownHotlineHistory((await openOrganisation()).id));
  if (!values) throw new NotFound('There is no hotline to remove');
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  show(req, res, 'help/own-line-removal', { ...values, errors }, { status, nav: 'admin' });
}
