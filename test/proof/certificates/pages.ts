import { said } from '../../support/said.js';

/** The state of a certificate on a page, by its hook: "valid", "revoked", "cannot-tell" …; null when it has none. */
export const stateOn = (html: string): string | null => /data-state="([^"]+)"/.exec(html)?.[1] ?? null;

/** The verdict on a page that answers a check, by its hook; null when it has none. */
export const verdictOn = (html: string): string | null => /data-verdict="([^"]+)"/.exec(html)?.[1] ?? null;

/** The fields of a page that have an error beside them. */
export const errorsOn = (html: string): string[] =>
  [...html.matchAll(/id="([\w-]+)-error"/g)].map(([, field]) => field ?? '');

/** What the product says under a key, with anything in the blanks that are named. */
export function likeSaid(key: string, ...blanks: string[]): RegExp {
  const text = said(key, Object.fromEntries(blanks.map(blank => [blank, '§'])));
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('§', '.+?'));
}
