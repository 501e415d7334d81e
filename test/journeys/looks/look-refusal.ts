import { expect } from 'chai';
import type { Locator, Page } from 'playwright-core';
import type { Scene } from '../scenes/scene.js';
import type { Sight } from './arrive.js';

/**
 * What helps somebody whose form was refused: the title says so first, the summary has the focus, each of its links leads
 * to a field, and the field says the same words and belongs to them.
 */
export async function helps(page: Page, { status }: Sight): Promise<string[]> {
  if (status !== 422) return [];
  return page.evaluate<string[]>(`(() => {
    const faults = [];
    const summary = document.querySelector('main .summary');
    if (!document.title.startsWith('Error: ')) faults.push('the title is ' + document.title);
    if (!summary?.querySelector('[role=alert] h2')) return [...faults, 'there is no summary'];
    if (document.activeElement !== summary) faults.push('the summary has no focus');
    const links = [...summary.querySelectorAll('li a')];
    if (links.length === 0) faults.push('the summary leads nowhere');
    for (const link of links) {
      const words = link.textContent.trim();
      const field = document.getElementById(link.hash.slice(1));
      if (!field?.matches('input:not([type=hidden]), select, textarea')) { faults.push(words + ' leads to no field'); continue; }
      const form = field.form;
      const holds = 'input:not([type=email], [type=date]), select, textarea';
      if (!form.noValidate && form.querySelector('[required], [pattern], [type=email], [type=date], [type=number]'))
        faults.push('the browser refuses before the page can say why');
      const said = [field, field.closest('fieldset')]
        .flatMap(each => each?.getAttribute('aria-describedby')?.split(' ') ?? [])
        .map(id => document.getElementById(id)?.textContent ?? '');
      // On a page of many questions the summary says, too, which one it is.
      if (!said.some(text => words.endsWith(text.replace('Error:', '').trim() || 'nothing'))) faults.push(words + ' is not said at the field: ' + said.join(' | '));
    }
    return faults;
  })()`);
}

/**
 * Fills in a form, sends it, and sees that the page that refuses it kept what was typed. A text that a field of the page
 * would not take is put there by force: a browser may be old, or a page somebody's own. Passwords and codes that count once are not kept.
 */
export const refused =
  (
    action: string,
    typed: Readonly<Record<string, string>> = {},
    button?: string,
  ): NonNullable<Scene['act']> =>
  async page => {
    const form = page.locator(`form[action^="${action}"][method=post]`).first();
    const field = (name: string) => form.locator(`[name="${name}"]:not([type=hidden])`);
    for (const [name, value] of Object.entries(typed)) await fillIn(field(name), value);
    const send = button ? form.getByRole('button', { name: button }) : form.locator('button').last();
    await Promise.all([page.waitForEvent('load'), send.click()]);
    for (const [name, value] of Object.entries(typed)) {
      const again = field(name).first();
      const kind = await again.getAttribute('type');
      const isOnce = (await again.getAttribute('autocomplete')) === 'one-time-code';
      if (kind === 'password' || isOnce || value === NONE) continue;
      const kept = kind === 'radio' ? field(name).and(page.locator(':checked')) : again;
      expect(await kept.inputValue(), `${name} is kept`).to.equal(value);
    }
  };

/** Nothing in a field, or no radio button of a group: as on a page that was open since before there was one. */
export const NONE = '';

async function fillIn(field: Locator, value: string): Promise<void> {
  const kind = await field.first().evaluate((each: { type?: string }) => each.type ?? '');
  if (kind === 'radio' && value === NONE)
    for (const each of await field.all())
      await each.evaluate((one: { checked?: boolean }) => void (one.checked = false));
  else if (kind === 'radio') await field.and(field.page().locator(`[value="${value}"]`)).check();
  else await field.evaluate((one: { value?: string }, text) => void (one.value = text), value);
}
