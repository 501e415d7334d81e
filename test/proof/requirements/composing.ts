import { expect } from 'chai';
import type { Page } from '../../../server/workshop/smoke/client.js';
import { send } from '../../support/pages.js';
import type { Person } from '../../support/people.js';
import { errorsOn } from '../../support/said.js';

/** What the form of a requirement sends, with what most would choose. */
export const composed = (
  more: Record<string, string | readonly string[]> = {},
): Record<string, string | readonly string[]> => ({
  ...{ title: 'Crew', units: '', jobs: 'Cabin crew', tags: '', holds: '', courses: 'airline-and-transport' },
  ...{
    due: 'hired',
    dueDays: '60',
    renewal: 'own',
    months: '12',
    monthEnd: 'yes',
    anniversary: 'yes',
    opens: '60',
  },
  ...{
    grace: '0',
    reminders: '30, 7',
    leave: 'stays',
    leaveDays: '30',
    mode: 'follow',
    notice: '0',
    source: '',
  },
  ...more,
});

/** Composes a requirement by its form, up to what it would do. Throws where the form is refused. */
export async function rehearsalOf(
  by: Person,
  home: string,
  form: Record<string, string | readonly string[]>,
): Promise<Page> {
  const page = await send(by.browser, home, form);
  expect(errorsOn(page)).to.deep.equal({});
  return page;
}

/** Confirms what a rehearsal shows. */
export async function confirmOn(by: Person, page: Page): Promise<Page> {
  const path = page.path.split('?')[0] ?? '';
  return by.browser.submit(`${path}/confirmation`, {});
}
