import { Router } from 'express';
import { NotFound } from '../errors.js';
import type { WebDeps } from '../http/deps.js';
import { typed } from '../http/forms.js';
import { formatDate } from '../i18n/i18n.js';
import { hereIn, spoken } from '../i18n/spoken.js';
import { openOrganisation } from '../organisations/memberships.js';
import { actionCard, cardHref } from './action-card.js';
import { library } from '../courses/catalogue.js';
import { ownHotline } from './own-hotline.js';
import { lawHrefOf, packPage, packRows } from './country-packs.js';
import {
  asHotline,
  countriesByName,
  countryOf,
  freshHotlines,
  hotlinesFor,
  markHotlines,
} from './hotlines.js';

/**
 * Whom to tell, the card that says what to do, and the law by country. Open to everybody; the choice of a country or a role is kept in
 * the address alone, and nowhere here.
 */
export function concernPages({ show, clock, config }: WebDeps): Router {
  const router = Router();
  const t = spoken;
  const day = (text: string) => formatDate(Date.parse(text), hereIn('UTC'));
  const reading = () => ({ now: clock(), inWords: day });

  router.get('/concern', async (req, res) => {
    const { hotlines, packs } = await library();
    const organisation = await openOrganisation();
    const country = countryOf(hotlines, typed(req.query, 'country'));
    const shown = country ?? countryOf(hotlines, 'INT');
    const own = await ownHotline(organisation.id);
    const ownLines = own ? [asHotline(own, t('concern.own', { organisation: organisation.name }))] : [];
    const others = shown ? hotlinesFor(hotlines, shown, clock()) : [];
    show(req, res, 'help/concern', {
      countries: countriesByName(hotlines).map(({ code, name }) => ({ code, name })),
      country: country && { code: country.code, name: country.name },
      emergency: shown?.emergency ?? null,
      own: freshHotlines(ownLines, reading()),
      lines: markHotlines(others, reading()),
      notice: hotlines.notice,
      lawHref: lawHrefOf(packs, country?.code),
      cardHref: country ? `/card?country=${country.code}` : '/card',
    });
  });

  router.get('/card', async (req, res) => {
    const { hotlines, cards } = await library();
    const [code, role] = [typed(req.query, 'country'), typed(req.query, 'role')];
    const country = countryOf(hotlines, code);
    const card = cards.find(each => each.role === role);
    if (country && card) return res.redirect(303, cardHref(country.code, card.role));
    const isSent = 'role' in req.query || 'show' in req.query;
    const values = {
      countries: countriesByName(hotlines).map(each => ({ value: each.code, label: each.name })),
      country: country?.code ?? '',
      roles: cards.map(({ role: value, name, who }) => ({ value, text: `${name}. ${who}` })),
      role: card?.role ?? null,
      errors: {
        ...(isSent && !country ? { country: t('errors.country') } : {}),
        ...(isSent && !card ? { role: t('errors.role') } : {}),
      },
    };
    show(req, res, 'help/card-choice', values, {
      status: Object.keys(values.errors).length > 0 ? 422 : 200,
    });
  });

  router.get('/card/:country/:role', async (req, res) => {
    const { hotlines, cards } = await library();
    const code = req.params.country;
    const country = code === code.toLowerCase() ? countryOf(hotlines, code.toUpperCase()) : null;
    const card = cards.find(({ role }) => role === req.params.role);
    if (!country || !card) throw new NotFound();
    const { id, name: organisation } = await openOrganisation();
    const values = { card, hotlines, country, organisation, own: await ownHotline(id) };
    show(req, res, 'help/card', {
      card: actionCard(values, reading()),
      address: `${config.baseUrl.replace(/^https?:\/\//, '')}${cardHref(country.code, card.role)}`,
    });
  });

  router.get('/law', async (req, res) => {
    const { packs } = await library();
    show(req, res, 'help/law', { countries: packRows(packs, reading()) });
  });

  router.get('/law/:code', async (req, res) => {
    const shared = await library();
    const pack = shared.packs.find(({ code }) => code === req.params.code);
    if (!pack) throw new NotFound();
    show(req, res, 'help/country', { law: packPage(pack, shared, reading()) });
  });

  return router;
}
