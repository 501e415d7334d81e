import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { forgetCatalogue, library, publishedHotlines } from '../courses/catalogue.js';
import {
  enterHotlineCheck,
  hotlineHistory,
  newestHotlineChecks,
  type NewHotlineCheck,
} from './hotline-checks.js';
import { CHECK_METHODS } from './hotlines.js';
import type { WebDeps } from '../http/deps.js';
import { parseForm, typed, typedDay } from '../http/forms.js';
import { actorOf } from '../http/page.js';
import { spoken } from '../i18n/spoken.js';
import { dayFrom, dayOf } from '../lib/days.js';
import { parseInteger } from '../lib/numbers.js';
import { authorise, signedIn } from '../policy.js';
import { hotlineRows, findHotline, hotlineValues } from './hotline-page.js';

const HOME = '/admin/reporting-lines';

/** A web address as a learner may open it; empty: none. */
const webAddress = (key: string) =>
  z
    .string(key)
    .trim()
    .max(400, key)
    .regex(/^(?:https:\/\/[^\s<>"']+\.[^\s<>"']+)?$/, key);

const checkForm = z.object({
  phone: z
    .string('errors.public-line-phone')
    .trim()
    .regex(/^(?:[+0-9][0-9 ()-]{1,24})?$/, 'errors.public-line-phone'),
  url: webAddress('errors.public-line-url'),
  hours: z
    .string('errors.public-line-hours')
    .trim()
    .max(200, 'errors.public-line-hours')
    .regex(/^\P{Cc}*$/u, 'errors.public-line-hours'),
  how: z.enum(CHECK_METHODS, 'errors.public-line-how'),
  source: webAddress('errors.public-line-source'),
});

/** The public reporting lines: when each was checked and by whom; a number is confirmed, changed, or taken back to the content's. */
export function publicLinePages({ show, clock, config }: WebDeps): Router {
  const router = Router();
  const t = spoken;
  const guard = (req: Request) => authorise(actorOf(req), 'installation.administer', config);

  router.get(HOME, async (req, res) => {
    guard(req);
    const { hotlines } = await library();
    const countries = hotlineRows(hotlines, await publishedHotlines(), await newestHotlineChecks(), clock());
    show(req, res, 'help/public-lines', { countries }, { nav: 'admin' });
  });

  router.get(`${HOME}/:line`, async (req, res) => {
    guard(req);
    await page(req, res, {});
  });

  router.post(`${HOME}/:line`, async (req, res) => {
    guard(req);
    const form = read(req.body);
    if (!form.ok) return page(req, res, form.errors);
    await keep(req, form.number, form.check);
    res.redirect(303, `${HOME}/${await idIn(req)}?saved`);
  });

  router.post(`${HOME}/:line/reversal`, async (req, res) => {
    guard(req);
    const number = numberIn(req.body);
    if (number === null) return page(req, res, { form: t('errors.again') });
    await keep(req, number, null);
    res.redirect(303, `${HOME}/${await idIn(req)}?reverted`);
  });

  async function keep(req: Request, number: number, check: NewHotlineCheck | null): Promise<void> {
    const { id: actorId } = signedIn(actorOf(req));
    await enterHotlineCheck(await idIn(req), { number, check }, { actorId, now: clock() });
    // Pages show the number from now on, and not a moment later.
    forgetCatalogue();
  }

  async function page(req: Request, res: Response, errors: Record<string, string>) {
    const { hotlines } = await library();
    const id = await idIn(req);
    const isTyped = Object.keys(errors).length > 0;
    const values = hotlineValues(
      { found: findHotline(hotlines, id), builtIn: findHotline(await publishedHotlines(), id) },
      await hotlineHistory(id),
      { now: clock(), timeZone: config.timeZone },
    );
    const form = {
      errors,
      values: {
        ...(isTyped
          ? { phone: typed(req.body, 'phone'), url: typed(req.body, 'url'), hours: typed(req.body, 'hours') }
          : values.filled),
        how: typed(req.body, 'how'),
        source: typed(req.body, 'source'),
        // Never filled in for anybody: saving again would say that somebody checked the number.
        checkedOn: typedDay(req.body, 'checkedOn'),
      },
    };
    const told = 'saved' in req.query ? 'saved' : 'reverted' in req.query ? 'reverted' : null;
    const status = isTyped ? 422 : 200;
    show(req, res, 'help/public-line', { ...values, form, told }, { status, nav: 'admin' });
  }

  /** The form: a number or an address, and for what was read the address of the official source. Nobody has checked it tomorrow. */
  function read(body: unknown) {
    const form = parseForm(checkForm, body, t);
    const number = numberIn(body);
    const checkedOn = dayFrom(typedDay(body, 'checkedOn'));
    const lacksSource = form.ok && form.value.how === 'source' && !form.value.source;
    const errors = {
      ...(form.ok ? {} : form.errors),
      ...(form.ok && !form.value.phone && !form.value.url ? { phone: t('errors.public-line-empty') } : {}),
      ...(lacksSource ? { source: t('errors.public-line-source') } : {}),
      ...(!checkedOn || checkedOn > dayOf(clock(), config.timeZone)
        ? { checkedOn: t('errors.public-line-checked') }
        : {}),
      ...(number === null ? { form: t('errors.again') } : {}),
    };
    if (!form.ok || !checkedOn || number === null || Object.keys(errors).length > 0)
      return { ok: false as const, errors };
    const { phone, url, hours, how, source } = form.value;
    const check = { phone: phone || null, url: url || null, hours: hours || null, checkedOn, how };
    return { ok: true as const, number, check: { ...check, source: source || null } };
  }

  return router;
}

/** The id of the line in the address; a line that the directory does not hold is not found. */
async function idIn(req: Request): Promise<string> {
  return findHotline(await publishedHotlines(), String(req.params.line)).line.id;
}

const numberIn = (body: unknown): number | null =>
  parseInteger(typed(body, 'number'), { min: 1, max: 100_000 });
