import { AsyncLocalStorage } from 'node:async_hooks';
import { translator, type Place, type Translate } from './i18n.js';
import { PSEUDO } from './pseudo.js';

/** The languages of the texts, and which way each is read. The made-up ones are spoken only where they are asked for. */
const DIRECTIONS: Readonly<Record<string, 'ltr' | 'rtl'>> = { en: 'ltr', ...PSEUDO };

/** The language that is spoken when nobody chose one: in mails and jobs, and to programs. */
const USUAL = 'en';

/**
 * The language of the request being answered. It is ambient as the request's id is, since it decides no outcome: the same
 * is stored whatever language is spoken. Whatever outlives the answer (a mail, a certificate) names its language itself.
 */
const speaking = new AsyncLocalStorage<string>();

/** Do `work` in a language; all that it calls finds it in `spoken`, `hereIn` and `spokenLocale`. */
export const inLocale = <T>(locale: string, work: () => T): T => speaking.run(locale, work);

export const spokenLocale = (): string => speaking.getStore() ?? USUAL;

export const directionOf = (locale: string): 'ltr' | 'rtl' => DIRECTIONS[locale] ?? 'ltr';

/** Texts in the language of the request being answered. */
export const spoken: Translate = (key, blanks) => translator(spokenLocale())(key, blanks);

/** A place whose language is that of the request being answered, each time it is asked. */
export const hereIn = (timeZone: string): Place => ({
  timeZone,
  get locale() {
    return spokenLocale();
  },
});

/** What people may choose from: the languages of the texts, and where pages are looked at while they are made, all. */
export const offeredLocales = (withPseudo: boolean): string[] =>
  withPseudo ? Object.keys(DIRECTIONS) : [USUAL];
