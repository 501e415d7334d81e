import { formOf, type Page } from '../../../../server/workshop/smoke/client.js';
import type { Person } from '../../../support/people.js';

/** Hands a file in by the form of a page, with what else the form sends. Returns the page that was reached. */
export async function handInOn(
  { browser }: Person,
  home: string,
  file: Buffer,
  fields: Readonly<Record<string, string>> = {},
): Promise<Page> {
  const body = new FormData();
  body.set('_csrf', formOf((await browser.get(home)).text, home)?.hidden._csrf ?? '');
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  body.set('file', new Blob([new Uint8Array(file)]), 'certificate.json');
  const origin = new URL(browser.base).origin;
  const headers = { accept: 'text/html', cookie: browser.cookie, 'sec-fetch-site': 'same-origin', origin };
  const answer = await fetch(new URL(home, browser.base), {
    method: 'POST',
    body,
    redirect: 'manual',
    headers,
  });
  const to = answer.headers.get('location');
  if (to) return browser.get(to);
  return { status: answer.status, headers: answer.headers, text: await answer.text(), path: home };
}
