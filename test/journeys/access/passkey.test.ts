import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import type { CDPSession, Page } from 'playwright-core';
import { createApp } from '../../../server/app.js';
import { installedViews } from '../../../server/platform/http/installed-views.js';
import { SessionStore } from '../../../server/platform/http/security/sessions.js';
import { createLogger } from '../../../server/platform/lib/log.js';
import { signedIn } from '../../support/people.js';
import { said } from '../../support/said.js';
import { ownWorld, world } from '../../support/world.js';
import { cookiesOf, visit } from '../browsing/visit.js';

/** A telephone's own authenticator: it keeps passkeys, and asks for a finger, which is given. */
const DEVICE = {
  protocol: 'ctap2',
  transport: 'internal',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
} as const;

const press = (page: Page, name: string) =>
  page.locator('main').getByRole('button', { name, exact: true }).click();

/** A device in the browser of a page; it has nothing yet. */
async function newDevice(page: Page): Promise<{ session: CDPSession; authenticatorId: string }> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  return { session, ...(await session.send('WebAuthn.addVirtualAuthenticator', { options: DEVICE })) };
}

/** The installation at an address with a name: passkeys belong to one, and 127.0.0.1 is none. */
async function atAName(): Promise<{ baseURL: string; stop: () => void }> {
  const server = createServer();
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const baseURL = `http://localhost:${(server.address() as AddressInfo).port}`;
  const { config, issuer, papers, secrets, refusals } = world();
  const wait = () => Promise.resolve();
  const outside = { log: createLogger('fatal'), views: installedViews(), sessions: new SessionStore() };
  const deps = {
    ...outside,
    issuer,
    papers,
    secrets,
    refusals,
    clock: Date.now,
    settle: wait,
    catchUp: wait,
  };
  server.on('request', createApp({ ...deps, config: { ...config, baseUrl: baseURL } }));
  return { baseURL, stop: () => void server.close() };
}

describe('a passkey in a browser', () => {
  ownWorld();

  it('is made, signs in, is lost, and a code on paper lets its owner in', async () => {
    const { baseURL, stop } = await atAName();
    const { browser, email, password } = await signedIn();
    const { page, context, close, expectQuiet } = await visit(null, { baseURL });
    await context.addCookies(cookiesOf(browser, baseURL));
    const { session, authenticatorId } = await newDevice(page);

    await page.goto('/account/factors/passkeys/new');
    await page.getByLabel(said('passkeys.name'), { exact: true }).fill('My phone');
    await press(page, said('passkeys.make'));
    const code = await page.locator('li.code').first().innerText();
    await page.goto('/account/factors');
    expect(await page.locator('[data-own-passkey]').innerText()).to.include('My phone');

    await context.clearCookies();
    await page.goto('/sign-in?next=%2Fcertificates');
    await press(page, said('signIn.byPasskey'));
    await page.waitForURL('**/certificates');

    await context.clearCookies();
    await page.goto('/sign-in');
    await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    await press(page, said('signIn.byPasskey'));
    await page.getByRole('status').getByText(said('passkeys.failed')).waitFor();
    expect(new URL(page.url()).pathname).to.equal('/sign-in');

    await session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
    await page.getByLabel(said('accounts.email')).fill(email);
    await page.getByLabel(said('accounts.password'), { exact: true }).fill(password);
    await page
      .locator('form[action="/sign-in"]')
      .getByRole('button', { name: said('signIn.button'), exact: true })
      .click();
    await page.waitForURL('**/sign-in/second-step**');
    await page.getByLabel(said('factors.code')).fill(code);
    await press(page, said('signIn.button'));
    await page.waitForURL('**/learning');
    expectQuiet(/^asked http:\/\/localhost/);
    await close();
    stop();
  });
});
