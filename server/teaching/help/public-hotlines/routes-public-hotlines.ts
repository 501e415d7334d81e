import type { Request, Response } from 'express';
import { forgetCatalogue, library, publishedHotlines } from '../../courses/catalogue.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { typed, typedDay } from '../../../platform/http/forms.js';
import { actorOf } from '../../../platform/http/page.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { dayOf } from '../../../platform/lib/days.js';
import { signedIn } from '../../../policy.js';
import { readHotlineCheck } from './hotline-check-form.js';
import {
  enterHotlineCheck,
  hotlineHistory,
  newestHotlineChecks,
  type NewHotlineCheck,
} from './hotline-checks.js';
import { findHotline, locate, hotlineRows, hotlineValues } from './hotline-page.js';
import { entryNumber } from '../own-hotlines/own-hotline-form.js';

/** The address of the list of public hotlines. */
export const PUBLIC_HOTLINES = '/admin/reporting-lines';

type Errors = Record<string, string>;

/** All public hotlines, with the day of their last check and who made it. */
export async function listHotlines({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const { hotlines } = await library();
  const countries = hotlineRows(hotlines, await publishedHotlines(), await newestHotlineChecks(), clock());
  show(req, res, 'teaching/help/public-hotlines/public-lines', { countries }, { nav: 'admin' });
}

export const showHotline = (deps: WebDeps, req: Request, res: Response): Promise<void> =>
  page(deps, req, res, {});

/** Enter a check: the hotline is confirmed as it is, or changed. */
export async function saveCheck(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const form = readHotlineCheck(req.body, dayOf(deps.clock(), deps.config.timeZone));
  if (!form.ok) return page(deps, req, res, form.errors);
  const id = await keep(deps, req, form.number, form.check);
  res.redirect(303, `${PUBLIC_HOTLINES}/${id}?saved`);
}

/** Go back to the hotline as the content has it. */
export async function revertChecks(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const number = entryNumber(req.body);
  if (number === null) return page(deps, req, res, { form: spoken('errors.again') });
  const id = await keep(deps, req, number, null);
  res.redirect(303, `${PUBLIC_HOTLINES}/${id}?reverted`);
}

/** Show a hotline to nobody: its number is wrong, or nobody answers, and there is no better one yet. */
export async function switchOff(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const number = entryNumber(req.body);
  if (number === null) return page(deps, req, res, { form: spoken('errors.again') });
  const id = await keep(deps, req, number, 'off');
  res.redirect(303, `${PUBLIC_HOTLINES}/${id}?off`);
}

async function keep(
  { clock }: WebDeps,
  req: Request,
  number: number,
  check: NewHotlineCheck | null | 'off',
): Promise<string> {
  const id = await hotlineIn(req);
  const { id: actorId } = signedIn(actorOf(req));
  await enterHotlineCheck(id, { number, check }, { actorId, now: clock() });
  // Pages show the number from now on, and not a moment later.
  forgetCatalogue();
  return id;
}

/** The id of the hotline in the address. Throws NotFound where the directory does not hold it. */
async function hotlineIn(req: Request): Promise<string> {
  return findHotline(await publishedHotlines(), String(req.params.line)).line.id;
}

async function page({ show, clock, config }: WebDeps, req: Request, res: Response, errors: Errors) {
  const { hotlines } = await library();
  const id = await hotlineIn(req);
  const isTyped = Object.keys(errors).length > 0;
  const builtIn = findHotline(await publishedHotlines(), id);
  const shown = hotlineValues({ found: locate(hotlines, id) ?? builtIn, builtIn }, await hotlineHistory(id), {
    now: clock(),
    timeZone: config.timeZone,
  });
  const values = { ...(isTyped ? typedFacts(req.body) : shown.filled), ...typedCheck(req.body) };
  const told =
    'saved' in req.query ? 'saved' : 'reverted' in req.query ? 'reverted' : 'off' in req.query ? 'off' : null;
  const status = isTyped ? 422 : 200;
  show(
    req,
    res,
    'teaching/help/public-hotlines/public-line',
    { ...shown, form: { errors, values }, told },
    { status, nav: 'admin' },
  );
}

const typedFacts = (body: unknown) => ({
  phone: typed(body, 'phone'),
  url: typed(body, 'url'),
  hours: typed(body, 'hours'),
});

/** Never filled in for anybody: saving again would say that somebody checked the number. */
const typedCheck = (body: unknown) => ({
  how: typed(body, 'how'),
  source: typed(body, 'source'),
  checkedOn: typedDay(body, 'checkedOn'),
});
