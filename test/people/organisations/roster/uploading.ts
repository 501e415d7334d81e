import { formOf, type Page } from '../../../../server/workshop/smoke/client.js';
import type { Person } from '../../../support/people.js';

/** A list of people as a CSV file: a header and rows. */
export const csvOf = (header: readonly string[], rows: readonly (readonly string[])[]): Buffer =>
  Buffer.from([header, ...rows].map(cells => `${cells.join(',')}\r\n`).join(''));

/** Uploads a file as the form of the page does. Returns the page that was reached. */
export async function uploadRoster(
  { browser }: Person,
  organisationId: string,
  file: { name?: string; bytes: Buffer },
): Promise<Page> {
  const home = `/organisations/${organisationId}/roster`;
  const form = formOf((await browser.get(home)).text, home);
  const body = new FormData();
  body.set('_csrf', form?.hidden._csrf ?? '');
  body.set('file', new Blob([new Uint8Array(file.bytes)]), file.name ?? 'list of people.csv');
  const answer = await fetch(new URL(home, browser.base), {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: {
      accept: 'text/html',
      cookie: browser.cookie,
      'sec-fetch-site': 'same-origin',
      origin: new URL(browser.base).origin,
    },
  });
  const to = answer.headers.get('location');
  if (to) return browser.get(to);
  return { status: answer.status, headers: answer.headers, text: await answer.text(), path: home };
}

/** The address of the roster on whose pages a browser is. */
export const rosterOn = ({ path }: Page): string =>
  /^\/organisations\/[^/]+\/roster\/[^/?]+/.exec(path)?.[0] ?? path;

/** Uploads a file, keeps the columns that are guessed, and looks at the preview. `choices`: of the form of the columns. */
export async function previewOf(
  by: Person,
  organisationId: string,
  bytes: Buffer,
  choices: Record<string, string> = {},
): Promise<Page> {
  const columns = await uploadRoster(by, organisationId, { bytes });
  const roster = rosterOn(columns);
  const guessed = Object.fromEntries(
    [...columns.text.matchAll(/<select[^>]*name="(column-\w+)"[\s\S]*?<\/select>/g)].map(
      ([select, name = '']) => [name, /<option value="(\d+)" selected>/.exec(select)?.[1] ?? ''],
    ),
  );
  return by.browser.submit(`${roster}/preview`, { ...guessed, ...choices });
}

/** Confirms the preview that a browser looks at. */
export const confirmed = ({ browser }: Person, preview: Page): Promise<Page> =>
  browser.submit(`${rosterOn(preview)}/confirmation`);

/** The counts that a page shows, in the order of its figures. */
export const figuresOn = ({ text }: Page): number[] =>
  [...text.matchAll(/<dd class="h1 strong">([\d,]+)<\/dd>/g)].map(([, count = '']) =>
    Number(count.replaceAll(',', '')),
  );
