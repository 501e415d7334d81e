import type { Page } from 'playwright-core';
import type { ContentWords } from './content-words.js';
import { NARROWEST, wayOutFaults } from './inspect.js';
import { atWidths, lost, WIDE } from './look-layout.js';

/**
 * The page in a longer language that nobody speaks (server/platform/i18n/pseudo.ts): what a translation would break, before there
 * is one. A form is sent again as it was, which is refused again.
 */
export const longer =
  (content: () => Promise<ContentWords>) =>
  async (page: Page): Promise<string[]> => {
    const isContent = await content();
    await speak(page, 'en-XA');
    return [
      ...(await tagFaults(page, 'en-XA ltr')),
      ...(await atWidths(page, [NARROWEST, WIDE], lost)),
      ...(await strayEnglish(page)).filter(text => !isContent(text)).map(text => `English: ${text}`),
    ];
  };

/** The page in a language that is read from right to left. Only the narrow one: wide pages have room on either side. */
export async function mirrored(page: Page): Promise<string[]> {
  await speak(page, 'en-XB');
  return [
    ...(await tagFaults(page, 'en-XB rtl')),
    ...(await atWidths(page, [WIDE], wayOutFaults)),
    ...(await numbersTurned(page)),
    ...(await atWidths(page, [NARROWEST], lost)),
  ];
}

/** The next page is asked for in this language, and so is this one, once more. */
async function speak(page: Page, locale: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const userAgent = await page.evaluate<string>('navigator.userAgent');
  await session.send('Emulation.setUserAgentOverride', { userAgent, acceptLanguage: locale });
  await page.reload();
  // Other pages are in the language of the visit again.
  await session.detach();
}

async function tagFaults(page: Page, wanted: string): Promise<string[]> {
  const html = page.locator('html');
  const told = `${await html.getAttribute('lang')} ${await html.getAttribute('dir')}`;
  return told === wanted ? [] : [`says ${told}`];
}

/** Telephone numbers that would be read from their end. */
const numbersTurned = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`[...document.querySelectorAll('a[href^="tel:"]')]
    .filter(each => getComputedStyle(each).direction !== 'ltr')
    .map(each => 'turned: ' + each.textContent)`);

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
    // The name of the site: what comes before it repeats the heading.
    return [document.title.split(' – ').at(-1), ...found];
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
