import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { ownHotlineHistory, setOwnHotline, type OwnHotlineFacts } from './own-hotline.js';
import { isExpired, isStale } from './hotlines.js';
import { NotFound } from '../errors.js';
import type { WebDeps } from '../http/deps.js';
import { parseForm, typed, typedDay } from '../http/forms.js';
import { actorOf } from '../http/page.js';
import { formatDate } from '../i18n/i18n.js';
import { hereIn, spoken } from '../i18n/spoken.js';
import { dayFrom, dayOf } from '../lib/days.js';
import { parseInteger } from '../lib/numbers.js';
import { openOrganisation } from '../organisations/memberships.js';
import { authorise, signedIn } from '../policy.js';

const HOME = '/admin/reporting-line';
const REMOVAL = `${HOME}/removal`;

/** As much as a card of A6 has room for. */
const text = (key: string) =>
  z
    .string(key)
    .trim()
    .max(80, key)
    .regex(/^\P{Cc}*$/u, key);

const lineForm = z.object({
  name: text('errors.line-name').min(1, 'errors.line-name'),
  phone: z
    .string('errors.line-phone')
    .trim()
    .regex(/^[+0-9][0-9 ()-]{1,24}$/, 'errors.line-phone'),
  hours: text('errors.line-hours'),
});

/** The organisation's own reporting line: entered, renewed or taken away, with everything that was entered before. */
export function ownLinePages({ show, clock, config }: WebDeps): Router {
  const router = Router();
  const t = spoken;
  const place = hereIn(config.timeZone);
  const guard = (req: Request) => authorise(actorOf(req), 'installation.administer', config);

  router.get(HOME, async (req, res) => {
    guard(req);
    await page(req, res, {});
  });

  router.post(HOME, async (req, res) => {
    guard(req);
    const form = read(req.body);
    if (!form.ok) return page(req, res, form.errors);
    await keep(req, form.number, form.line);
    res.redirect(303, `${HOME}?saved`);
  });

  router.get(REMOVAL, async (req, res) => {
    guard(req);
    await ask(req, res, {});
  });

  router.post(REMOVAL, async (req, res) => {
    guard(req);
    const number = numberIn(req.body);
    if (number === null) return ask(req, res, { form: t('errors.again') });
    if (typed(req.body, 'sure') !== 'yes') return ask(req, res, { sure: t('errors.sure') });
    await keep(req, number, null);
    res.redirect(303, `${HOME}?removed`);
  });

  async function keep(req: Request, number: number, line: OwnHotlineFacts | null): Promise<void> {
    const { id } = await openOrganisation();
    const { id: actorId } = signedIn(actorOf(req));
    await setOwnHotline(id, { number, line }, { actorId, now: clock() });
  }

  /** It takes the first number from every card: a page says so, and takes a tick before it does. */
  async function ask(req: Request, res: Response, errors: Record<string, string>) {
    const [newest] = await ownHotlineHistory((await openOrganisation()).id);
    if (!newest?.line) throw new NotFound('There is no line to take away');
    const line = { ...newest.line, checkedOn: inWords(newest.line.checkedOn) };
    const status = Object.keys(errors).length > 0 ? 422 : 200;
    const values = { line, number: newest.number + 1, errors };
    show(req, res, 'help/own-line-removal', values, { status, nav: 'admin' });
  }

  async function page(req: Request, res: Response, errors: Record<string, string>) {
    const { id, name } = await openOrganisation();
    const history = await ownHotlineHistory(id);
    const now = clock();
    const line = history[0]?.line ?? null;
    const isTyped = Object.keys(errors).length > 0;
    const filled = (field: 'name' | 'phone' | 'hours') =>
      isTyped ? typed(req.body, field) : (line?.[field] ?? '');
    const values = {
      organisation: name,
      line: line && { ...line, checkedOn: inWords(line.checkedOn) },
      state: line && (isExpired(line, now) ? 'hidden' : isStale(line, now) ? 'stale' : null),
      told: 'saved' in req.query ? 'saved' : 'removed' in req.query ? 'removed' : null,
      number: (history[0]?.number ?? 0) + 1,
      errors,
      values: {
        name: filled('name'),
        phone: filled('phone'),
        hours: filled('hours'),
        // Never filled in for anybody: saving again would say that somebody called the number.
        checkedOn: typedDay(req.body, 'checkedOn'),
      },
      history: history.map(entry => ({
        line: entry.line && { ...entry.line, checkedOn: inWords(entry.line.checkedOn) },
        entered: t('person.recordedBy', {
          name: entry.enteredBy,
          date: formatDate(entry.createdAt, place),
        }),
      })),
    };
    show(req, res, 'help/own-line', values, { status: isTyped ? 422 : 200, nav: 'admin' });
  }

  /** The form, with its day checked against the calendar: nobody has tried the number tomorrow. */
  function read(body: unknown) {
    const form = parseForm(lineForm, body, t);
    const number = numberIn(body);
    const checkedOn = dayFrom(typedDay(body, 'checkedOn'));
    const today = dayOf(clock(), place.timeZone);
    const errors = {
      ...(form.ok ? {} : form.errors),
      ...(!checkedOn || checkedOn > today ? { checkedOn: t('errors.line-checked') } : {}),
      ...(number === null ? { form: t('errors.again') } : {}),
    };
    if (!form.ok || !checkedOn || number === null || Object.keys(errors).length > 0)
      return { ok: false as const, errors };
    const { name, phone, hours } = form.value;
    return { ok: true as const, number, line: { name, phone, hours: hours || null, checkedOn } };
  }

  return router;
}

const numberIn = (body: unknown): number | null =>
  parseInteger(typed(body, 'number'), { min: 1, max: 100_000 });

const inWords = (day: string): string => formatDate(Date.parse(day), hereIn('UTC'));
