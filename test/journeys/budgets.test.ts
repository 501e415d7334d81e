import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import type { Page, Response } from 'playwright-core';
import { projectRoot } from '../../server/config.js';
import { inspect } from './inspect.js';
import { scenes, type Scene } from './scenes.js';
import { visit } from './visit.js';
import './close.js';

const KB = 1024;
/** One page, compressed: about what the first answer of a network connection carries. */
const HTML = 14 * KB;
/** Everything that a first view loads, compressed. */
const FIRST_VIEW = 60 * KB;
/** The page that a gate officer opens on a bad network. */
const VERIFY = 30 * KB;
const REQUESTS = 6;
/** Compressed, as it travels: comments and names in the source are for its readers. */
const STYLES = 8 * KB;

/** Every page: what a first view costs, that all people can use it, that nothing is asked of others. */
describe('every page', function () {
  this.timeout(400_000);

  it('is light, whole and quiet', async () => {
    // Refused forms are inspected where they are refused, in wrong-input.test.ts.
    const shown = (await scenes()).filter(({ name }) => !/-(wrong|empty)$/.test(name));
    const people = [...new Set(shown.map(({ as }) => as))];
    const faults: string[] = [];
    for (const person of people) {
      // What a worker takes from the device is not packed; here it is weighed as it travels.
      const { page, expectQuiet, close } = await visit(person, { serviceWorkers: 'block' });
      for (const scene of shown.filter(({ as }) => as === person)) {
        await look(page, scene).catch((fault: Error) => faults.push(`${scene.name}: ${fault.message}`));
      }
      expectQuiet();
      await close();
    }
    expect(faults.join('\n\n')).to.equal('');
  });

  it('shares one style sheet that stays small', () => {
    expect(gzipSync(readFileSync(join(projectRoot, 'views/assets/app.css'))).length).to.be.at.most(STYLES);
  });
});

async function look(page: Page, { name, path, act }: Scene): Promise<void> {
  let html = '';
  const keep = async (answer: Response) => {
    if (answer.request().isNavigationRequest() && answer.status() !== 303) html = await answer.text();
  };
  page.on('response', keep);
  await page.goto(path);
  // Of what came from the cache of an earlier page, the size is told too.
  const parts = await page.evaluate<{ encodedBodySize: number }[]>(
    `document.fonts.ready.then(() => performance.getEntries().filter(entry => 'encodedBodySize' in entry).map(entry => entry.toJSON()))`,
  );
  await act?.(page);
  await page.waitForLoadState();
  page.off('response', keep);
  await inspect(page, html);
  await page.unrouteAll();

  const bytes = parts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
  expect(gzipSync(html).length, 'bytes of the page').to.be.within(1, HTML);
  expect(parts.length, 'requests').to.be.within(2, name.startsWith('design') ? REQUESTS + 1 : REQUESTS);
  expect(bytes, 'bytes of a first view').to.be.at.most(name.startsWith('verify') ? VERIFY : FIRST_VIEW);
}
