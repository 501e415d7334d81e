import { expect } from 'chai';
import { database } from '../../server/db/connect.js';
import type { Page } from 'playwright-core';
import { contentWords } from '../support/content-words.js';
import { scenes, type Scene } from './scenes.js';
import { visit } from './visit.js';
import './close.js';

const WIDTHS = [320, 1280];

/** These find what they press, or wait for, by its English words. */
const IN_ENGLISH =
  /^(verify-same-name|file-|reminders-off|questions-|quiz-remediation|remediation-|admin-(person|preview|questions|reporting-line)-|name-|course-kept)/;

/** Every page in two made-up languages (server/i18n/pseudo.ts): what a translation would break, before there is one. */
describe('every page in another language', function () {
  this.timeout(600_000);

  // How a page is laid out does not depend on the database, and these take minutes.
  before(function () {
    if (database().dialect === 'postgres') this.skip();
  });

  let all: Scene[];
  before(async () => void (all = await scenes()));

  it('is longer, and still fits; nothing on it is English that should not be', async () => {
    const isContent = await contentWords();
    const faults = await inLanguage('en-XA', 'ltr', all.filter(isForAll), async page => [
      ...(await strayEnglish(page)).filter(text => !isContent(text)).map(text => `English: ${text}`),
    ]);
    expect(faults, faults.join('\n')).to.deep.equal([]);
  });

  it('reads from right to left, and still fits', async () => {
    const still = all.filter(scene => !scene.act);
    const faults = await inLanguage('en-XB', 'rtl', still, numbersTurned);
    expect(faults, faults.join('\n')).to.deep.equal([]);
  });
});

const isForAll = ({ name, act }: Scene): boolean => !(act && IN_ENGLISH.test(name));

async function inLanguage(
  locale: string,
  dir: string,
  shown: readonly Scene[],
  look: (page: Page) => Promise<string[]>,
): Promise<string[]> {
  const faults: string[] = [];
  for (const person of new Set(shown.map(({ as }) => as))) {
    const { page, close } = await visit(person, { locale });
    page.setDefaultTimeout(15_000);
    for (const { name, path, act } of shown.filter(({ as }) => as === person)) {
      try {
        await page.goto(path);
        if (act) await act(page).then(() => page.waitForLoadState('networkidle'));
        const found = [
          ...(await tagFaults(page, locale, dir)),
          ...(await widthFaults(page)),
          ...(await look(page)),
        ];
        faults.push(...found.map(fault => `${name}: ${fault}`));
      } catch (fault) {
        faults.push(`${name}: ${(fault as Error).message.split('\n')[0]}`);
      }
    }
    await close();
  }
  return faults;
}

async function tagFaults(page: Page, locale: string, dir: string): Promise<string[]> {
  const html = page.locator('html');
  const told = `${await html.getAttribute('lang')} ${await html.getAttribute('dir')}`;
  return told === `${locale} ${dir}` ? [] : [`says ${told}`];
}

/** Telephone numbers that would be read from their end. */
const numbersTurned = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`[...document.querySelectorAll('a[href^="tel:"]')]
    .filter(each => getComputedStyle(each).direction !== 'ltr')
    .map(each => 'turned: ' + each.textContent)`);

async function widthFaults(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 720 });
    const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
    if (wide > width) faults.push(`is ${wide} px wide on a screen of ${width} px: ${await sticksOut(page)}`);
  }
  return faults;
}

/** The innermost elements that reach past an edge of the screen. */
const sticksOut = (page: Page): Promise<string> =>
  page.evaluate<string>(`[...document.querySelectorAll('body *')]
    .filter(each => {
      const { left, right, width } = each.getBoundingClientRect();
      return width > 1 && (right > innerWidth + 1 || left < -1) && !each.closest('.scroll, .sr-only, svg');
    })
    .filter((each, _, found) => !found.some(other => other !== each && each.contains(other)))
    .slice(0, 3).map(each => each.outerHTML.slice(0, 120)).join(' | ')`);

/**
 * Words on the page outside brackets: the frame's own texts all stand in them. Texts of inputs were typed by people; what
 * is marked as being in another language is meant to be.
 */
async function strayEnglish(page: Page): Promise<string[]> {
  const texts = await page.evaluate<string[]>(`(() => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const foreign = 'script, style, textarea, bdi, code, .code, body [lang]';
    while (walker.nextNode()) {
      const at = walker.currentNode.parentElement;
      if (!at.closest(foreign)) found.push(walker.currentNode.textContent);
    }
    for (const name of ['aria-label', 'alt', 'title', 'placeholder'])
      for (const each of document.querySelectorAll('body [' + name + ']')) found.push(each.getAttribute(name));
    return [document.title, ...found];
  })()`);
  return [...new Set(texts.flatMap(outsideBrackets))];
}

/** Addresses of mail and of pages, and whatever holds a digit. */
const NO_WORD = /\S+@\S+|\S*\w\.\w\S*|\S*\d\S*/g;

/** What of a text stands outside all brackets, in pieces that hold a word; addresses and ids are no words. */
function outsideBrackets(text: string): string[] {
  let [depth, outside] = [0, ''];
  for (const letter of text) {
    if (letter === '⟦') depth++;
    else if (letter === '⟧') depth--;
    else outside += depth === 0 ? letter : '';
    if (letter === '⟧') outside += '\n';
  }
  return outside
    .split('\n')
    .map(piece => piece.trim())
    .filter(piece => /\p{L}{2}/u.test(piece.replace(NO_WORD, '')));
}
