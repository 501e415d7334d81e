import type { Content } from '../../teaching/content/schema/types.js';
import { linksIn, UnexpectedAnswer, type Client, type Page } from './client.js';

/** Work through every safety rule that the page of a failed attempt asks for, like a learner who read the example. */
export async function workThrough(browser: Client, result: Page, content: Content): Promise<void> {
  const [list] = linksIn(result.text, /^\/attempts\/[\w-]+\/remediation$/);
  if (!list) return;
  const keys = new Map(content.remediation.flatMap(({ items }) => items.map(({ id, key }) => [id, key])));
  const rules = linksIn((await browser.get(list)).text, /\/remediation\/(?:never|always)-\d$/);
  for (const rule of new Set(rules)) {
    const page = await browser.get(rule);
    const [action = ''] = linksIn(page.text, /\/remediation\/(?:never|always)-\d\/answers\//);
    const key = keys.get(/answers\/([^#]+)/.exec(action)?.[1] ?? '');
    if (!key) throw new UnexpectedAnswer('a safety rule without a question', page);
    const answered = await browser.submit(action, { choice: key });
    if (answered.status !== 200) throw new UnexpectedAnswer('working through a safety rule', answered);
  }
}
