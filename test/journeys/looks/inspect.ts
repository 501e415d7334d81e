import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { RunOptions } from 'axe-core';
import { expect } from 'chai';
import { HtmlValidate, StaticConfigLoader, type ResolvedConfig } from 'html-validate';
import type { Page } from 'playwright-core';
import { en } from '../../../server/platform/i18n/texts.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const axeOptions: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  // Part of WCAG 2.2 AA, and off unless asked for.
  rules: { 'target-size': { enabled: true } },
};

/** What hangs on the scheme, and what on width and direction: it is asked again in another one. The rest does not change. */
const COLOURS = ['color-contrast', 'link-in-text-block'];
const SIZES = ['target-size', 'scrollable-region-focusable'];

/** The same rules for every page: to put them together takes as long as to read one. */
class OneConfig extends StaticConfigLoader {
  private readonly only = super.getConfigFor('page') as ResolvedConfig;
  override getConfigFor(): ResolvedConfig {
    return this.only;
  }
}

const validator = new HtmlValidate(
  new OneConfig({
    extends: ['html-validate:recommended'],
    rules: {
      // A long heading makes a long title: a tab cuts it at the end, and its beginning says most.
      'long-title': 'off',
      // The boxes of a question share a name: they are one answer.
      'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'button', 'reset', 'submit'] }],
    },
  }),
);

/** The narrowest screen that must not scroll sideways (CSS px). */
export const NARROWEST = 320;

/** What is asked of every page: that all people can use it, that its HTML is right, that it fits a narrow screen. */
export async function inspect(page: Page, html: string): Promise<void> {
  const faults = [
    ...htmlFaults(html),
    ...(await accessibilityFaults(page)),
    ...(await widthFaults(page)),
    // A page kept as a file has no session to end.
    ...(page.url().startsWith('file:') ? [] : await wayOutFaults(page)),
  ];
  expect(faults, `${page.url()}\n${faults.join('\n')}`).to.deep.equal([]);
}

/** The way out is one, the first thing after the skip link, in the upper corner at the end of the line, and in reach. */
export async function wayOutFaults(page: Page): Promise<string[]> {
  const found = await page.evaluate<{
    ways: number;
    isFirst: boolean;
    top: number;
    end: number;
    height: number;
  }>(`{
    const leave = document.querySelectorAll('form[action="/exit"] button');
    const stops = document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary');
    scrollTo(0, 0);
    const { top, left, right, height } = leave[0]?.getBoundingClientRect() ?? {};
    const bar = document.querySelector('.bar-in')?.getBoundingClientRect() ?? {};
    const end = document.dir === 'rtl' ? left - bar.left : bar.right - right;
    ({ ways: leave.length, isFirst: stops[1] === leave[0], top, end, height });
  }`);
  const { ways, isFirst, top, end, height } = found;
  const isInPlace = ways === 1 && isFirst && top >= 0 && top < 20 && end >= 0 && end <= 32 && height >= 44;
  return isInPlace ? [] : [`the way out is not in its place: ${JSON.stringify(found)}`];
}

/** Faults that axe-core finds; such a tool finds only a part of what can be wrong. */
export const accessibilityFaults = (page: Page): Promise<string[]> => runAxe(page, axeOptions);

/** The same for what may change with scheme and width alone. */
export const layoutFaults = (page: Page): Promise<string[]> =>
  runAxe(page, { runOnly: { type: 'rule', values: [...COLOURS, ...SIZES] } });

async function runAxe(page: Page, options: RunOptions): Promise<string[]> {
  if (!(await page.evaluate<boolean>(`'axe' in window`))) await page.evaluate(axe);
  // Nothing but what is wrong comes over from the browser: the rest is long.
  const asked: RunOptions = { ...options, resultTypes: ['violations'], preload: false };
  return page.evaluate<string[]>(
    `axe.run(document, ${JSON.stringify(asked)}).then(({ violations }) => violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ html }) => 'axe ' + id + ': ' + help + ': ' + html)))`,
  );
}

/** A text that is missing shows its key, in an element or in an attribute; what a form sends is no text. */
const KEY = new RegExp(`(?:>|(?<! value=)")(?:${Object.keys(en).join('|')})\\.[\\w.-]+[<"]`, 'g');

/** Another site may be called as a part of our texts is. */
const isHost = (key: string, html: string): boolean => html.includes(`//${key.slice(1, -1)}`);

/** Faults of the standard, and texts that are missing. */
export function htmlFaults(html: string): string[] {
  const { results } = validator.validateStringSync(html);
  return [
    ...(html.match(KEY) ?? []).filter(key => !isHost(key, html)).map(key => `no text for ${key}`),
    ...results.flatMap(({ messages }) =>
      messages.map(({ ruleId, message, line, column }) => `html ${ruleId}: ${message} (${line}:${column})`),
    ),
  ];
}

async function widthFaults(page: Page): Promise<string[]> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: NARROWEST, height: 640 });
  const width = await page.evaluate<number>('document.documentElement.scrollWidth');
  if (before) await page.setViewportSize(before);
  return width > NARROWEST ? [`is ${width} px wide on a screen of ${NARROWEST} px`] : [];
}
