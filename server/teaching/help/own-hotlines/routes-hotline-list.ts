import { Router, type Request, type Response } from 'express';
import { library } from '../../courses/catalogue.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { typed } from '../../../platform/http/forms.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { actorOf } from '../../../platform/http/page.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { openOrganisation } from '../../../people/organisations/memberships.js';
import { navFor } from '../../../people/organisations/navigation.js';
import { organisationHead } from '../../../people/organisations/organisation-tabs.js';
import { organisationToOpen } from '../../../people/organisations/settings/open-organisation.js';
import { isToFindUnit, unitChoice, unitQuery } from '../../../people/organisations/units/unit-choice.js';
import { unitOption, unitPaths } from '../../../people/organisations/units/unit-options.js';
import { placesOf } from './hotline-places.js';
import { countriesByName, countryOf, isExpired, isStale } from '../hotlines.js';
import { ownHotlines, type OwnHotlineFacts } from './own-hotline.js';
import { checkDay } from '../page-context.js';

const PAGE = '/organisations/:id/settings/reporting-lines';

/** All hotlines of an organisation, and the way to one for another country or unit. */
export function hotlineListPages(deps: WebDeps): Router {
  const router = Router();
  const on = handlersWith(deps);
  router.get(PAGE, on(list));
  // Where the open organisation's had its page; administrators of the installation keep it.
  router.get('/admin/reporting-line', on(showNewPlace));
  return router;
}

/** The list; with a country or a unit in the address, on to its page. */
async function list(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { organisation } = await load(req);
  const here = `/organisations/${organisation.id}/settings/reporting-lines`;
  const [code, unit] = [typed(req.query, 'country'), typed(req.query, 'unit')];
  const { hotlines } = await library();
  if ('country' in req.query) {
    const country = code === 'INT' ? null : countryOf(hotlines, code);
    if (country) return res.redirect(303, `${here}/${country.code.toLowerCase()}`);
    return page(deps, req, res, { country: spoken('errors.country') });
  }
  const isSent = 'unit' in req.query || 'unitFound' in req.query;
  if (!isSent || isToFindUnit(req.query)) return page(deps, req, res, {});
  const isOpen = (await unitPaths(organisation.id)).some(({ id }) => id === unit);
  if (isOpen) return res.redirect(303, `${here}/${unit}`);
  await page(deps, req, res, { unit: spoken('errors.unit') });
}

const load = (req: Request) => organisationToOpen(actorOf(req), req.params.id, 'organisation.administer');

async function page({ show, clock }: WebDeps, req: Request, res: Response, errors: Record<string, string>) {
  const { organisation, actor } = await load(req);
  const { hotlines } = await library();
  const here = `/organisations/${organisation.id}/settings/reporting-lines`;
  const [now, unit] = [clock(), typed(req.query, 'unit')];
  const values = {
    organisation: organisationHead(organisation, actor),
    lines: (await placesOf(await ownHotlines(organisation.id), hotlines)).map(({ part, words, line }) => ({
      href: `${here}/${part}`,
      place: words,
      what: [line.name, line.phone, line.hours].filter(Boolean).join(' · '),
      checked: spoken('concern.checked', { date: checkDay(line.checkedOn) }),
      state: stateAt(line, now),
    })),
    countries: countriesByName(hotlines)
      .filter(({ code }) => code !== 'INT')
      .map(({ code, name }) => ({ value: code, label: name })),
    unit,
    units: unitChoice((await unitPaths(organisation.id)).map(unitOption), {
      chosen: unit,
      query: unitQuery(req.query),
    }),
    here,
    back: `/organisations/${organisation.id}/settings`,
    errors,
  };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  show(req, res, 'teaching/help/own-hotlines/own-lines', values, { status, nav: navFor(actor) });
}

const stateAt = (line: OwnHotlineFacts, now: number) =>
  isExpired(line, now) ? ('hidden' as const) : isStale(line, now) ? ('stale' as const) : null;

async function showNewPlace(_deps: WebDeps, req: Request, res: Response): Promise<void> {
  const { id } = await openOrganisation();
  await organisationToOpen(actorOf(req), id, 'organisation.administer');
  res.redirect(301, `/organisations/${id}/settings/reporting-lines/everyone`);
}
