import { Router, type Request, type Response } from 'express';
import { Conflict } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { dayOf } from '../../../platform/lib/days.js';
import { isId } from '../../../platform/lib/ids.js';
import { dayParts, dayWords } from '../../../people/organisations/day-words.js';
import { navFor } from '../../../people/organisations/navigation.js';
import { organisationHead } from '../../../people/organisations/organisation-tabs.js';
import { organisationToOpen } from '../../../people/organisations/settings/open-organisation.js';
import { readNotification, typedNotification } from './count-form.js';
import {
  enterNotification,
  notificationsIn,
  removeNotification,
  type CountedNotification,
} from './counted-notifications.js';

const HOME = '/organisations/:id/evidence/notifications';

/** Notifications of possible victims, counted and nothing more, as contracts ask for them each year. */
export function notificationPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(HOME, on(showCounts));
  router.get(`${HOME}/new`, on(askCount));
  router.post(`${HOME}/new`, on(enter));
  router.post(`${HOME}/:count/removal`, on(remove));
  return router;
}

async function showCounts({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor, to } = await load(clock, req);
  const all = await notificationsIn(organisation.id, { from: '', last: '9999', knownAt: clock() });
  const counts = all
    .toReversed()
    .map(each => ({ ...countTexts(each), removal: `${to.page}/${each.id}/removal` }));
  const values = { organisation: organisationHead(organisation, actor), to, counts };
  show(req, res, 'proof/reports/notification-counts/list', values, { nav: navFor(actor) });
}

/** A notification in words. */
const countTexts = ({ day, source, hotlineOn, policeOn }: CountedNotification) => ({
  title: spoken('notificationCounts.entry', {
    day: dayWords(day),
    source: spoken(`notificationCounts.source.${source}`),
  }),
  facts: [toldText('hotline', hotlineOn), toldText('police', policeOn)],
});

const toldText = (whom: 'hotline' | 'police', on: string | null): string =>
  on === null
    ? spoken(`notificationCounts.notTold.${whom}`)
    : spoken(`notificationCounts.told.${whom}`, { day: dayWords(on) });

async function askCount(deps: WebDeps, req: Request, res: Response): Promise<void> {
  await form(deps, req, res, {});
}

async function enter(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor, today, to } = await load(deps.clock, req);
  const read = readNotification(req.body, today);
  if (!read.ok) return form(deps, req, res, read.errors);
  const by = { organisationId: organisation.id, actorId: actor.id, now: deps.clock() };
  await enterNotification(read.value, by);
  res.redirect(303, `${to.page}?done=notification-counted`);
}

async function form({ show, clock }: WebDeps, req: Request, res: Response, errors: Record<string, string>) {
  const { organisation, actor, today, to } = await load(clock, req);
  const none = dayParts('');
  const blank = {
    day: dayParts(today),
    source: '',
    hotline: '',
    hotlineOn: none,
    police: '',
    policeOn: none,
  };
  const values = {
    organisation: organisationHead(organisation, actor),
    ...{ to, errors },
    values: req.method === 'POST' ? typedNotification(req.body) : blank,
  };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  show(req, res, 'proof/reports/notification-counts/new', values, { status, nav: navFor(actor) });
}

async function remove({ clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation, actor, to } = await load(clock, req);
  const { count } = req.params;
  const by = { organisationId: organisation.id, actorId: actor.id, now: clock() };
  if (!isId(count) || !(await removeNotification(count, by)))
    throw new Conflict('It has already been removed');
  res.redirect(303, `${to.page}?done=notification-removed`);
}

/** The organisation in the address, for whoever administers it; 404 for everybody else. */
async function load(clock: WebDeps['clock'], req: Request) {
  const opened = await organisationToOpen(actorOf(req), req.params.id, 'organisation.administer');
  const hub = `/organisations/${opened.organisation.id}/evidence`;
  const page = `${hub}/notifications`;
  const today = dayOf(clock(), opened.organisation.timeZone);
  return { ...opened, today, to: { hub, page, new: `${page}/new` } };
}
