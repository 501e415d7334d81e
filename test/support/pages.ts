import type { Client, Page } from '../../server/workshop/smoke/client.js';

/** Sends a form that no page of this browser holds, with a token that is its own. */
export async function send(
  browser: Client,
  path: string,
  fields: Record<string, string | readonly string[]> = {},
): Promise<Page> {
  // Every page of somebody who is signed in has a form; for visitors this one does.
  const { text } = await browser.get('/sign-in');
  const token = /name="_csrf" value="([^"]*)"/.exec(text)?.[1] ?? '';
  return browser.post(path, { _csrf: token, ...fields });
}

/** The words of a page, as a reader sees them. */
export const plain = (html: string): string =>
  html
    .replace(/<script[\s\S]*?<\/script>/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
