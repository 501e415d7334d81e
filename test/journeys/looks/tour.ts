import { expect } from 'chai';
import type { Page, Response } from 'playwright-core';
import { inWindow, WIDE } from './look-layout.js';
import { noveltyOf, type Answered, type Novelty } from './novelty.js';
import type { Scene } from '../scenes/scene.js';
import { visit } from '../browsing/visit.js';

/** The page that a scene came to, as the server answered it. */
export interface Sight extends Answered {
  readonly scene: Scene;
  /** What the first page of the scene loaded: files, and bytes as they travel. */
  readonly loaded: { readonly files: number; readonly bytes: number };
}

/** A look at a page: gives the faults it finds, and leaves all but the size of the window as it was. */
export type Look = (page: Page, sight: Sight) => Promise<string[]> | string[];

export interface Report {
  readonly sights: readonly Sight[];
  /** By the name of the look; those of no look are what kept a scene from being seen. */
  readonly faults: ReadonlyMap<string, readonly string[]>;
}

/** What a scene that cuts the connection, or shows an error page of ours, leaves in the log of the browser. */
const MEANT = /status of 50[03]/;

/** The name under which is told what kept a scene from being seen. */
export const SEEN = 'is seen';

/**
 * Comes to each scene once, and takes the looks there: loading a page and making its people costs more than a look. Which
 * looks it takes depends on what was new on the page, so one scene comes after the other, always in the same order: two
 * visits at the same time would each meet as new what the other has seen.
 */
export async function tour(
  scenes: readonly Scene[],
  looksAt: (novelty: Novelty) => Readonly<Record<string, Look>>,
): Promise<Report> {
  const sights: Sight[] = [];
  const faults = new Map<string, string[]>([SEEN, ...Object.keys(looksAt('part'))].map(name => [name, []]));
  const note = (look: string, scene: string, fault: string) => faults.get(look)?.push(`${scene}: ${fault}`);

  const noveltyIn = noveltyOf();
  const see = async (page: Page, scene: Scene): Promise<void> => {
    const sight = await arrive(page, scene);
    sights.push(sight);
    for (const [name, look] of Object.entries(looksAt(noveltyIn(sight))))
      for (const fault of await look(page, sight)) note(name, scene.name, fault);
  };
  // What a worker takes from the device is not packed; here it is weighed as it travels.
  const { page, expectQuiet, sitDown, close } = await visit(null, { serviceWorkers: 'block' });
  for (const own of byPerson(scenes)) {
    await sitDown(own[0]?.as ?? null);
    for (const scene of own) {
      await inWindow(page, WIDE);
      await see(page, scene).catch((fault: Error) => note(SEEN, scene.name, fault.message));
      await page.unrouteAll();
    }
    try {
      expectQuiet(MEANT);
    } catch (fault) {
      note(SEEN, own.map(({ name }) => name).join(', '), (fault as Error).message);
    }
  }
  await close();
  return { sights, faults };
}

/** The scenes of each person, in their order. */
const byPerson = (scenes: readonly Scene[]): Scene[][] =>
  [...new Set(scenes.map(({ as }) => as))].map(person => scenes.filter(({ as }) => as === person));

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
  // Where an address leads into the page, the bar that stays in view covers something; what, depends on the question drawn.
  await page.evaluate('scrollTo(0, 0)');
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
