import { expect } from 'chai';
import type { Page, Response } from 'playwright-core';
import type { Scene } from './scene.js';
import { visit } from './visit.js';

/** The page that a scene came to, as the server answered it. */
export interface Sight {
  readonly scene: Scene;
  readonly method: string;
  /** Address without the query. */
  readonly path: string;
  readonly status: number;
  readonly html: string;
  /** What the first page of the scene loaded: files, and bytes as they travel. */
  readonly loaded: { readonly files: number; readonly bytes: number };
}

/** A look at a page: gives the faults it finds, and leaves the page in the browser as it was. */
export type Look = (page: Page, sight: Sight) => Promise<string[]> | string[];

export interface Report {
  readonly sights: readonly Sight[];
  /** By the name of the look; those of no look are what kept a scene from being seen. */
  readonly faults: ReadonlyMap<string, readonly string[]>;
}

/** Visits that go on at the same time: the server waits for the browser, and the browser for the server. */
const AT_ONCE = 3;

/** What a scene that breaks off the line, or shows a page for a fault of ours, leaves in the log of the browser. */
const MEANT = /status of 50[03]/;

/** The name under which is told what kept a scene from being seen. */
export const SEEN = 'is seen';

/**
 * Comes to each scene once, and takes all looks at it there: loading a page and making its people costs more than a look.
 * The scenes of one person are seen one after the other, in their order.
 */
export async function tour(scenes: readonly Scene[], looks: Readonly<Record<string, Look>>): Promise<Report> {
  const sights: Sight[] = [];
  const faults = new Map<string, string[]>([SEEN, ...Object.keys(looks)].map(name => [name, []]));
  const people = [...new Set(scenes.map(({ as }) => as))]
    .map(person => scenes.filter(({ as }) => as === person))
    .sort((one, other) => other.length - one.length);

  const see = async (page: Page, scene: Scene): Promise<void> => {
    const sight = await arrive(page, scene);
    sights.push(sight);
    for (const [name, look] of Object.entries(looks)) {
      const found = await look(page, sight);
      faults.get(name)?.push(...found.map(fault => `${scene.name}: ${fault}`));
    }
  };
  const visitor = async (): Promise<void> => {
    for (let own = people.shift(); own; own = people.shift()) {
      // What a worker takes from the device is not packed; here it is weighed as it travels.
      const { page, expectQuiet, close } = await visit(own[0]?.as ?? null, { serviceWorkers: 'block' });
      const note = (scene: string) => (fault: Error) => faults.get(SEEN)?.push(`${scene}: ${fault.message}`);
      for (const scene of own) {
        await see(page, scene).catch(note(scene.name));
        await page.unrouteAll();
      }
      try {
        expectQuiet(MEANT);
      } catch (fault) {
        note(own.map(({ name }) => name).join(', '))(fault as Error);
      }
      await close();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, visitor));
  return { sights, faults };
}

async function arrive(page: Page, scene: Scene): Promise<Sight> {
  const answers: Response[] = [];
  const keep = (answer: Response) => {
    if (answer.request().isNavigationRequest() && answer.status() !== 303) answers.push(answer);
  };
  page.on('response', keep);
  await page.goto(scene.path);
  // Of what came from the cache of an earlier page, the size is told too. What a script sends is no part of the page.
  const parts = await page.evaluate<number[]>(
    `document.fonts.ready.then(() => performance.getEntries().flatMap(entry => 'encodedBodySize' in entry && entry.initiatorType !== 'fetch' ? entry.encodedBodySize : []))`,
  );
  await scene.act?.(page);
  await page.waitForLoadState();
  page.off('response', keep);
  const answer = answers.at(-1);
  if (!answer) throw new Error('no page was answered');
  expect(answer.status() >= 500, `${answer.status()} where none was meant`).to.equal(
    /^problem-(ours|away)/.test(scene.name),
  );
  return {
    scene,
    method: answer.request().method(),
    path: new URL(answer.url()).pathname,
    status: answer.status(),
    html: await answer.text(),
    loaded: { files: parts.length, bytes: parts.reduce((sum, bytes) => sum + bytes, 0) },
  };
}
