import { expect } from 'chai';
import { courseMinutes } from '../../../server/teaching/courses/cards.js';
import { countWords } from '../../../server/platform/lib/text/words.js';
import { Client, type Page } from '../../../server/workshop/smoke/client.js';
import { enrolOverHttp, takeCourse } from '../../../server/workshop/smoke/learner.js';
import { ownContent } from '../../support/content/own-content.js';
import { plain } from '../../support/pages.js';
import { ada } from '../../support/people.js';
import { course, COURSE } from '../../support/walk.js';
import { ownWorld, world } from '../../support/world.js';

/** Seconds of deciding in the time of a choice: the rest is reading (questions/seconds.ts). */
const DECIDING = 16;

/** Somebody who reads every page once, and remembers how many words it shows. */
class Reader extends Client {
  readonly read = new Map<string, number>();

  override async get(path: string, headers: Record<string, string> = {}): Promise<Page> {
    return this.#reads(await super.get(path, headers));
  }

  override async post(...args: Parameters<Client['post']>): Promise<Page> {
    return this.#reads(await super.post(...args));
  }

  #reads(page: Page): Page {
    this.read.set(page.path, Math.max(this.read.get(page.path) ?? 0, wordsShown(page)));
    return page;
  }
}

/** The words of a page that are shown until something is unfolded. */
function wordsShown({ text }: Page): number {
  const main = /<main[\s\S]*?<\/main>/.exec(text)?.[0] ?? '';
  return countWords(
    plain(
      main
        .replace(/<details(?![^>]*\sopen)[\s\S]*?<\/details>/g, ' ')
        .replace(/<(script|style|template)[\s\S]*?<\/\1>/g, ' '),
    ),
  );
}

describe('the minutes of a course', () => {
  ownWorld();

  it('are those of reading all that its pages show, at 175 words a minute, and of deciding', async () => {
    const reader = new Reader(world().base, (await ada()).browser.cookie);
    const home = await enrolOverHttp(reader, COURSE);
    await takeCourse(reader, home, { content: ownContent().content, firstWrong: false });
    const read = [...reader.read].flatMap(([path, words]) => (path === home ? [] : words));
    const questions = [...reader.read.keys()].filter(path => /\/questions\/\d+$/.test(path)).length;
    const minutes = read.reduce((sum, words) => sum + words) / 175 + (questions * DECIDING) / 60;
    expect(courseMinutes((await course()).snapshot)).to.be.within(minutes * 0.85, minutes * 1.15);
  });
});
