import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions } from 'playwright-core';

/** Where Debian puts them: the engine without the windows around it takes half the time. `CHROMIUM` names another one. */
const [SHELL, WHOLE] = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'] as const;
const EXECUTABLE = process.env.CHROMIUM ?? (existsSync(SHELL) ? SHELL : WHOLE);

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
const launch = () =>
  chromium.launch({
    executablePath: EXECUTABLE,
    args: ARGS,
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
