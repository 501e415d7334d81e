import type { RequestHandler } from 'express';
import { preferredBy } from '../../../platform/http/language.js';
import { actorOf } from '../../../platform/http/page.js';
import { inLocale, languageFor, offeredLocales, spokenLocale } from '../../../platform/i18n/spoken.js';
import { localesOf } from '../languages.js';

/** Pages for a reader whose browser asks for no offered language are in that of their organisation. */
export function languageOfReader({ designPage }: { readonly designPage: boolean }): RequestHandler {
  const offered = offeredLocales(designPage);
  if (offered.length === 1) return (_req, _res, next) => next();
  return async (req, _res, next) => {
    if (preferredBy(req, offered) !== null) return next();
    const locales = await localesOf(actorOf(req)?.memberships ?? []);
    inLocale(languageFor(locales, offered) ?? spokenLocale(), next);
  };
}
