import { chromium, type Browser, type BrowserContext, type BrowserContextOptions } from 'playwright-core';
import { browserPath } from '../tools.cjs';

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  // Letters as wide as they are drawn, as on paper: not moved to the dots of a screen.
  '--font-render-hinting=none',
  // No name but ours has an address: nothing that a page asks for leaves this machine.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

/** How long a page may keep a test waiting on a slow machine (ms). */
const PATIENCE = 120_000;

let shared: Promise<Browser> | null = null;

/** A new context, as of a person who was never here, in the one browser of this process, which ends with it. */
export async function newContext(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  shared ??= launch();
  const browser = await shared;
  const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(PATIENCE);
  return context;
}

export async function closeBrowser(): Promise<void> {
  const browser = await shared;
  shared = null;
  await browser?.close();
}

/** With the back-forward cache, which Playwright turns off: people have it, and it must not show what was left. */
function launch(): Promise<Browser> {
  const executablePath = browserPath();
  if (!executablePath) throw new Error('Install Chrome, Edge or Chromium, or set CHROMIUM to its path.');
  return chromium.launch({
    executablePath,
    args: ARGS,
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
}
