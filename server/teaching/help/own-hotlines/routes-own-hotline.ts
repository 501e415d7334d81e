import { Router, type Request, type Response } from 'express';
import { library } from '../../courses/catalogue.js';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { typed, typedDay } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import { dayOf } from '../../../platform/lib/days.js';
import { navFor } from '../../../people/organisations/navigation.js';
import { organisationHead } from '../../../people/organisations/organisation-tabs.js';
import { organisationToOpen } from '../../../people/organisations/settings/open-organisation.js';
import { placeCalled, type NamedPlace } from './hotline-places.js';
import { entryNumber, readOwnHotline } from './own-hotline-form.js';
import { ownHotlinePage, removalPage } from './own-hotline-page.js';
import { ownHotlineHistory, setOwnHotline, type OwnHotlineFacts } from './own-hotline.js';

const PAGE = '/organisations/:id/settings/reporting-lines/:place';

/** The hotline of an organisation for all its people, for a country or for a unit; kept while training is paused, too. */
export function ownHotlinePages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(PAGE, on(showOwnHotline));
  router.post(PAGE, on(saveOwnHotline));
  router.get(`${PAGE}/removal`, on(askToRemove));
  router.post(`${PAGE}/removal`, on(removeOwnHotline));
  return router;
}

type Errors = Record<string, string>;

const showOwnHotline = (deps: WebDeps, req: Request, res: Response): Promise<void> =>
  page(deps, req, res, {});

/** Enter the hotline, or confirm that it still answers. */
async function saveOwnHotline(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { place, timeZone } = await load(req);
  const form = readOwnHotline(req.body, dayOf(deps.clock(), timeZone));
  if (!form.ok) return page(deps, req, res, form.errors);
  await keep(deps, req, form.number, form.line);
  res.redirect(303, `${addressOf(place)}?saved`);
}

/** Ask first: removing it takes the first number from every card. */
const askToRemove = (deps: WebDeps, req: Request, res: Response): Promise<void> => ask(deps, req, res, {});

async function removeOwnHotline(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { place } = await load(req);
  const number = entryNumber(req.body);
  if (number === null) return ask(deps, req, res, { form: spoken('errors.again') });
  if (typed(req.body, 'sure') !== 'yes') return ask(deps, req, res, { sure: spoken('errors.sure') });
  await keep(deps, req, number, null);
  res.redirect(303, `${addressOf(place)}?removed`);
}

async function keep({ clock }: WebDeps, req: Request, number: number, line: OwnHotlineFacts | null) {
  const { place, actor } = await load(req);
  await setOwnHotline(place, { number, line }, { actorId: actor.id, now: clock() });
}

/** The place that an address names, for those who keep its organisation. Throws otherwise. */
async function load(req: Request) {
  const { id, place: part } = req.params;
  const { organisation, actor } = await organisationToOpen(actorOf(req), id, 'organisation.administer');
  const place = await placeCalled(organisation.id, part, (await library()).hotlines);
  if (!place) throw new NotFound();
  const head = organisationHead(organisation, actor);
  return { place, actor, head, timeZone: organisation.timeZone };
}

const listOf = ({ organisationId }: NamedPlace) =>
  `/organisations/${organisationId}/settings/reporting-lines`;
const addressOf = (place: NamedPlace) => `${listOf(place)}/${place.part}`;

async function page({ show, clock }: WebDeps, req: Request, res: Response, errors: Errors) {
  const { place, actor, head, timeZone } = await load(req);
  const words = { now: clock(), place: hereIn(timeZone) };
  const shown = ownHotlinePage(await ownHotlineHistory(place), words);
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
  const frame = { organisation: head, place: place.words, list: listOf(place), action: addressOf(place) };
  const status = isTyped ? 422 : 200;
  show(
    req,
    res,
    'teaching/help/own-hotlines/own-line',
    { ...frame, ...shown, told, errors, values },
    { status, nav: navFor(actor) },
  );
}

async function ask({ show }: WebDeps, req: Request, res: Response, errors: Errors) {
  const { place, actor, head } = await load(req);
  const values = removalPage(await ownHotlineHistory(place));
  if (!values) throw new NotFound('There is no hotline to remove');
  const frame = { organisation: head, place: place.words, action: addressOf(place) };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  show(
    req,
    res,
    'teaching/help/own-hotlines/own-line-removal',
    { ...frame, ...values, errors },
    { status, nav: navFor(actor) },
  );
}
