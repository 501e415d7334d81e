import type { Client, Page } from '../../../server/workshop/smoke/client.js';

/** The token that a page's forms send back. */
export function csrfOf({ text }: Pick<Page, 'text'>): string {
  const token = /name="_csrf" value="([^"]*)"/.exec(text)?.[1];
  if (!token) throw new Error('The page holds no form with a token');
  return token;
}

/** The id inside the signed session cookie; empty without one. */
export const sessionIdOf = (cookie: string): string =>
  /^s:([^.]+)\./.exec(decodeURIComponent(sessionCookieOf(cookie)))?.[1] ?? '';

/** The value of the session cookie; empty without one. */
export const sessionCookieOf = (cookie: string): string => /\bsession=([^;]*)/.exec(cookie)?.[1] ?? '';

/** Send the same form several times at once, all from the page last seen. */
export function submitAtOnce(
  browser: Client,
  action: string,
  fields: Record<string, string>,
  times: number,
): Promise<Page[]> {
  const page = browser.last;
  return Promise.all(
    Array.from({ length: times }, () => {
      browser.last = page;
      return browser.submit(action, fields);
    }),
  );
}
