import { AsyncLocalStorage } from 'node:async_hooks';
import { translator, type Place, type Translate } from './i18n.js';
import { PSEUDO } from './pseudo.js';

/** The languages of the texts, with their directions. Pseudo-languages are used only where they are asked for. */
const DIRECTIONS: Readonly<Record<string, 'ltr' | 'rtl'>> = { en: 'ltr', ...PSEUDO };

/** The language when nobody chose one: in mails and jobs, and for programs. */
const FALLBACK = 'en';

/**
 * The language of the current request. It is ambient, like the request's id, since it affects no outcome: what is stored is
 * the same in every language. Anything that outlives the answer (a mail, a certificate) names its language itself.
 */
const speaking = new AsyncLocalStorage<string>();

/** Run `work` in a language, for all calls of `spoken`, `hereIn` and `spokenLocale` inside it. */
export const inLocale = <T>(locale: string, work: () => T): T => speaking.run(locale, work);

export const spokenLocale = (): string => speaking.getStore() ?? FALLBACK;

export const directionOf = (locale: string): 'ltr' | 'rtl' => DIRECTIONS[locale] ?? 'ltr';

/** A text in the language of the current request. */
export const spoken: Translate = (key, blanks) => translator(spokenLocale())(key, blanks);

/** A place in this time zone whose language is always that of the current request. */
export const hereIn = (timeZone: string): Place => ({
  timeZone,
  get locale() {
    return spokenLocale();
  },
});

/**
 * The offered language that fits first of those wanted, each by its whole tag or by less and less of it: `es-MX` finds `es` (RFC 4647,
 * section 3.4). Null where none is offered. Mails and pages alike ask here what they speak.
 */
export function languageFor(wanted: readonly string[], offered: readonly string[]): string | null {
  const tags = wanted.flatMap(tag =>
    tag.split('-').map((_, at, parts) => parts.slice(0, parts.length - at).join('-')),
  );
  const found = tags.map(tag => offered.find(each => each.toLowerCase() === tag.toLowerCase()));
  return found.find(each => each !== undefined) ?? null;
}

/** The languages that people may choose from; on an installation for design work, also the pseudo-languages. */
export const offeredLocales = (withPseudo: boolean): string[] =>
  withPseudo ? Object.keys(DIRECTIONS) : [FALLBACK];
