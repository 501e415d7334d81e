import type { Page } from 'playwright-core';
import { reseed } from '../../support/chance.js';
import { visit } from '../browsing/visit.js';
import type { Scene } from '../scenes/scene.js';
import { arrive, glanceAt, type Sight } from './arrive.js';
import { inWindow, WIDE } from './look-layout.js';
import { noveltyOf, type Answered, type Novelty } from './novelty.js';

/** A look at a page: gives the faults it finds, and leaves all but the size of the window as it was. */
export type Look = (page: Page, sight: Sight) => Promise<string[]> | string[];

export interface Plan {
  /** The looks at a page on which so much is new, by their names. */
  readonly looksAt: (novelty: Novelty) => Readonly<Record<string, Look>>;
  /** Digests of scenes in which every look was taken before, and found nothing. */
  readonly known: ReadonlySet<string>;
  /** In so many other scenes every look is taken, whatever is new; in those after them, what their novelty asks for. */
  readonly wholly: number;
}

export interface Report {
  /** Every page as it was answered, looked at or not. */
  readonly pages: readonly Answered[];
  /** By the name of the look; those of no look are what kept a scene from being seen. */
  readonly faults: ReadonlyMap<string, readonly string[]>;
  /** Digests of the scenes in which looks found nothing, now or when they were taken, each with the name of its scene. */
  readonly faultless: readonly { readonly digest: string; readonly name: string }[];
}

/** What a scene that cuts the connection, or shows an error page of ours, leaves in the log of the browser. */
const MEANT = /status of 50[03]/;

/** The name under which is told what kept a scene from being seen. */
export const SEEN = 'is seen';

/**
 * Comes to each scene once, and takes the looks there: loading a page and making its people costs more than a look. A scene
 * with a known digest is as it was when it was looked at, so no look is taken, and where nothing is done in it no browser comes to
 * it. Which looks are taken may depend on what is new on a page, so one scene comes after the other, always in the same
 * order: two visits at the same time would each meet as new what the other has seen. Each has a chance of its own, so that a
 * question drawn in it is the same in each run.
 */
export async function tour(scenes: readonly Scene[], { looksAt, known, wholly }: Plan): Promise<Report> {
  const pages: Answered[] = [];
  const faultless: { digest: string; name: string }[] = [];
  const faults = new Map<string, string[]>([SEEN, ...Object.keys(looksAt('part'))].map(name => [name, []]));
  const note = (look: string, scene: string, fault: string) => faults.get(look)?.push(`${scene}: ${fault}`);

  const noveltyIn = noveltyOf();
  let changed = 0;
  const isFaultless = async (page: Page, sight: Sight): Promise<boolean> => {
    const [novelty, before] = [noveltyIn(sight), countOf(faults)];
    changed += 1;
    for (const [name, look] of Object.entries(looksAt(changed <= wholly ? 'part' : novelty)))
      for (const fault of await look(page, sight)) note(name, sight.scene.name, fault);
    return countOf(faults) === before;
  };
  const see = async (page: Page, scene: Scene): Promise<string | null> => {
    const glance = scene.act ? null : await glanceAt(page, scene);
    if (glance && known.has(glance.digest)) {
      pages.push(glance.page);
      return glance.digest;
    }
    const { sight, digest } = await arrive(page, scene);
    pages.push(sight);
    if (digest && known.has(digest)) return digest;
    return (await isFaultless(page, sight)) ? digest : null;
  };
  // What a worker takes from the device is not packed; here it is weighed as it travels.
  const { page, expectQuiet, sitDown, close } = await visit(null, { serviceWorkers: 'block' });
  for (const own of byPerson(scenes)) {
    await sitDown(own[0]?.as ?? null);
    const found: typeof faultless = [];
    for (const scene of own) {
      await inWindow(page, WIDE);
      reseed(scene.name);
      try {
        const digest = await see(page, scene);
        if (digest) found.push({ digest, name: scene.name });
      } catch (fault) {
        note(SEEN, scene.name, (fault as Error).message);
      }
      await page.unrouteAll();
    }
    try {
      expectQuiet(MEANT);
      faultless.push(...found);
    } catch (fault) {
      note(SEEN, own.map(({ name }) => name).join(', '), (fault as Error).message);
    }
  }
  await close();
  return { pages, faults, faultless };
}

const countOf = (faults: ReadonlyMap<string, readonly string[]>): number =>
  [...faults.values()].reduce((sum, found) => sum + found.length, 0);

/** The scenes of each person, in their order. */
const byPerson = (scenes: readonly Scene[]): Scene[][] =>
  [...new Set(scenes.map(({ as }) => as))].map(person => scenes.filter(({ as }) => as === person));
