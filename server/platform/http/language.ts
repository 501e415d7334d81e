import type { Request, RequestHandler } from 'express';
import { inLocale, languageFor, offeredLocales, spokenLocale } from '../i18n/spoken.js';
import { typed } from './forms.js';

/**
 * Answers each request in the offered language that its reader prefers: from `?locale=` for one page, otherwise from what
 * the browser accepts (RFC 9110, section 12.5.4).
 */
export function language({ designPage }: { readonly designPage: boolean }): RequestHandler {
  const offered = offeredLocales(designPage);
  // With one language it is the one that everything speaks where nothing else is said.
  if (offered.length === 1) return (_req, _res, next) => next();
  return (req, _res, next) => inLocale(preferredBy(req, offered) ?? spokenLocale(), next);
}

/** The offered language that a request asks for itself; null where it names none of them. */
export const preferredBy = (req: Request, offered: readonly string[]): string | null =>
  languageFor([typed(req.query, 'locale'), ...req.acceptsLanguages()], offered);
