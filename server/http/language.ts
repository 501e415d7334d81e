import type { RequestHandler } from 'express';
import { inLocale, offeredLocales } from '../i18n/spoken.js';

/**
 * Answers each request in the offered language that its reader prefers: from `?locale=` for one page, otherwise from what
 * the browser accepts (RFC 9110, section 12.5.4).
 */
export function language({ designPage }: { readonly designPage: boolean }): RequestHandler {
  const locales = offeredLocales(designPage);
  const [fallback = 'en'] = locales;
  // With one language it is the one that everything speaks where nothing else is said.
  if (locales.length === 1) return (_req, _res, next) => next();
  return (req, _res, next) => {
    const asked = locales.find(locale => locale === req.query.locale);
    inLocale(asked ?? (req.acceptsLanguages(locales) || fallback), next);
  };
}
