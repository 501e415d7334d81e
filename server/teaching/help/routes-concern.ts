import type { Request, Response } from 'express';
import { library } from '../courses/catalogue.js';
import { NotFound } from '../../errors.js';
import type { WebDeps } from '../../platform/http/deps.js';
import { typed } from '../../platform/http/forms.js';
import { actorOf } from '../../platform/http/page.js';
import { formatDate } from '../../platform/i18n/i18n.js';
import { hereIn } from '../../platform/i18n/spoken.js';
import { ownOrganisations } from '../../people/organisations/memberships.js';
import type { Actor } from '../../policy.js';
import { actionCard, cardHref } from './action-card.js';
import { cardChoicePage } from './card-choice-page.js';
import { concernPage, offlineConcernPage } from './concern-page.js';
import { packPage, packRows } from './country-packs.js';
import { firstCallOf } from './first-call/first-call.js';
import { countryOf } from './hotlines.js';
import { pageAt } from './page-context.js';
import { hotlinesOfReader } from './own-hotlines/reader-hotlines.js';

/**
 * Whom to tell. The country that somebody chose is in the address alone; nothing of it is kept here. Until they choose, it is
 * the one that their organisation names.
 */
export async function showConcern({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const [reader, page] = [actorOf(req), pageAt(clock())];
  const code = 'country' in req.query ? typed(req.query, 'country') : await usualCountry(reader);
  const own = await hotlinesOfReader(reader, code, page.now);
  show(req, res, 'teaching/help/concern', concernPage(await library(), own, { code, page }));
}

/** The country whose helplines a reader's organisation shows first; '' where none names one. */
async function usualCountry(reader: Actor | null): Promise<string> {
  const organisations = await ownOrganisations(reader);
  return organisations.flatMap(({ hotlineCountry }) => hotlineCountry ?? [])[0] ?? '';
}

/** Choose a card by country and role: the form, or the card once both are chosen. */
export async function chooseCard({ show }: WebDeps, req: Request, res: Response): Promise<void> {
  const shared = await library();
  const country = countryOf(shared.hotlines, typed(req.query, 'country'));
  const card = shared.cards.find(({ role }) => role === typed(req.query, 'role')) ?? null;
  if (country && card) return res.redirect(303, cardHref(country.code, card.role));
  const isSent = 'role' in req.query || 'show' in req.query;
  const values = cardChoicePage(shared, { country, card }, isSent);
  show(req, res, 'teaching/help/card-choice', values, { status: isSent ? 422 : 200 });
}

export async function showCard({ show, clock, config }: WebDeps, req: Request, res: Response): Promise<void> {
  const { hotlines, cards } = await library();
  const country = countryOf(hotlines, countryCode(req.params.country));
  const card = cards.find(({ role }) => role === req.params.role);
  if (!country || !card) throw new NotFound();
  const page = pageAt(clock());
  const reader = actorOf(req);
  const found = await hotlinesOfReader(reader, country.code, page.now);
  // A card has room for one: the first organisation that has a line.
  const own = found.find(each => each.own !== null) ?? found[0];
  if (!own) throw new NotFound();
  show(req, res, 'teaching/help/card', {
    own: reader && (await firstCallOf(reader.id)),
    card: actionCard({ card, hotlines, country, ...own }, page),
    address: `${config.baseUrl.replace(/^https?:\/\//, '')}${cardHref(country.code, card.role)}`,
  });
}

/** The code of a country in an address, where it is in small letters; '' for any other spelling. */
const countryCode = (code: unknown): string =>
  typeof code === 'string' && code === code.toLowerCase() ? code.toUpperCase() : '';

/** The countries whose law has a page. */
export async function listLaws({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const { packs } = await library();
  show(req, res, 'teaching/help/law', { countries: packRows(packs, pageAt(clock())) });
}

export async function showLaw({ show, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const shared = await library();
  const pack = shared.packs.find(({ code }) => code === req.params.code);
  if (!pack) throw new NotFound();
  show(req, res, 'teaching/help/country', { law: packPage(pack, shared, pageAt(clock())) });
}

/** What a browser shows without a connection in place of a page that it has no copy of. */
export const showOffline = (deps: WebDeps, req: Request, res: Response): void =>
  deps.show(req, res, 'teaching/help/offline', { saved: today(deps) });

/**
 * Whom to tell, for reading without a connection. Every browser keeps it as a visitor sees it; what a reader keeps on purpose
 * has the line of their own organisation.
 */
export async function showOfflineConcern(deps: WebDeps, req: Request, res: Response): Promise<void> {
  const page = pageAt(deps.clock());
  const reader = actorOf(req);
  const own = await hotlinesOfReader(reader, await usualCountry(reader), page.now);
  const values = offlineConcernPage(await library(), own, page);
  deps.show(req, res, 'teaching/help/offline-concern', {
    ...values,
    isOfReader: reader !== null,
    saved: today(deps),
  });
}

const today = ({ clock, config }: WebDeps): string => formatDate(clock(), hereIn(config.timeZone));
