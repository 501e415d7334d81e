import type { Page } from 'playwright-core';
import type { Client } from '../../../server/workshop/smoke/client.js';

/** A page as somebody sees it. */
export interface Scene {
  readonly name: string;
  readonly path: string;
  /** Whose cookies; null for a visitor. */
  readonly as: Client | null;
  /** What is done on the page before it is looked at. */
  readonly act?: Act;
}

export type Act = (page: Page) => Promise<unknown>;

export const scene = (as: Client | null, name: string, path: string, act?: Act): Scene => ({
  name,
  path,
  as,
  ...(act ? { act } : {}),
});

/** Scenes of one person; null is a visitor. */
export const seenBy =
  (as: Client | null) =>
  (name: string, path: string, act?: Act): Scene =>
    scene(as, name, path, act);

/** Some forms are sent by a script first, so that the page comes a moment after the press. */
export const send: Act = page =>
  Promise.all([
    page.waitForEvent('load'),
    page.locator('main form .button:not([type=button])').last().click(),
  ]);

/** Signs in with address and password: what then waits for the second step waits for ten minutes. */
export const signingIn =
  ({ email, password }: { email: string; password: string }): Act =>
  async page => {
    await page.fill('#email', email);
    await page.fill('#password', password);
    await Promise.all([
      page.waitForEvent('load'),
      page.locator('form[action="/sign-in"] .button').last().click(),
    ]);
  };
