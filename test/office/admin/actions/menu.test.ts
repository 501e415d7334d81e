import { expect } from 'chai';
import { dina } from '../../../support/people.js';
import { ownWorld } from '../../../support/world.js';

/** The menu at the head of a page: addresses in their order, and the one that is marked as current. */
function menuOf(html: string): { hrefs: string[]; current: string[] } {
  const [menu = ''] = /<nav class="tabs"[\s\S]*?<\/nav>/.exec(html) ?? [];
  const links = [...menu.matchAll(/<a [^>]*href="([^"]+)"([^>]*)>/g)];
  return {
    hrefs: links.map(([, href = '']) => href),
    current: links.flatMap(([, href = '', rest = '']) =>
      rest.includes('aria-current="page"') ? [href] : [],
    ),
  };
}

describe('the menu of the administration', () => {
  ownWorld();
  it('is the same on each of its pages, and each marks itself as the current one', async () => {
    const { browser } = await dina();
    const { hrefs } = menuOf((await browser.get('/admin')).text);
    expect(hrefs).to.include.members(['/admin', '/admin/people', '/admin/keys']);
    expect(new Set(hrefs).size).to.equal(hrefs.length);
    for (const href of hrefs) {
      const page = await browser.get(href);
      expect(page.status, href).to.equal(200);
      expect(menuOf(page.text), href).to.deep.equal({ hrefs, current: [href] });
    }
  });

  it('loads its own style sheet, which learners do not load', async () => {
    const { browser } = await dina();
    expect((await browser.get('/admin')).text).to.match(/\/office\.css"/);
    expect((await browser.get('/learning')).text).to.not.match(/\/office\.css"/);
  });
});
