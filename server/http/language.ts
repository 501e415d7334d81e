import type { RequestHandler } from 'express';
import { inLocale, offeredLocales } from '../i18n/spoken.js';

/**
 * Answers each request in the language that its reader prefers among those offered: by `?locale=`, for one page, or by
 * what the browser says (RFC 9110, section 12.5.4).
 */
export function language({ designPage }: { readonly designPage: boolean }): RequestHandler {
  const locales = offeredLocales(designPage);
  const [usual = 'en'] = locales;
  return (req, _res, next) => {
    if (locales.length === 1) return inLocale(usual, next);
    const asked = locales.find(locale => locale === req.query.locale);
    inLocale(asked ?? (req.acceptsLanguages(locales) || usual), next);
  };
}
