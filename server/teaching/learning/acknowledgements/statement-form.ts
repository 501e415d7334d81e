import { typed } from '../../../platform/http/forms.js';
import { spoken } from '../../../platform/i18n/spoken.js';

/** As much as one page and one paper have room for. */
const LONGEST = 900;
/** A language, with its script and its country where they matter. */
const LANGUAGE = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}$/;

/** What was typed, to show it again. */
export const typedStatement = (body: unknown) => ({
  language: typed(body, 'language').trim(),
  text: typed(body, 'text').trim().replaceAll('\r\n', '\n'),
});

/** Reads a statement and its language. */
export function readStatement(
  body: unknown,
):
  | { readonly ok: true; readonly value: { readonly locale: string; readonly text: string } }
  | { readonly ok: false; readonly errors: Record<string, string> } {
  const { language: locale, text } = typedStatement(body);
  const isText = text !== '' && text.length <= LONGEST && !/[^\P{Cc}\n\t]/u.test(text);
  const errors = {
    ...(LANGUAGE.test(locale) ? {} : { language: spoken('acknowledgement.error.language') }),
    ...(isText ? {} : { text: spoken('acknowledgement.error.text') }),
  };
  return Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, value: { locale, text } };
}
