import { AsyncLocalStorage } from 'node:async_hooks';
import { expect } from 'chai';
import { batched } from '../../../server/platform/lib/batched.js';

describe('work that is done in batches', () => {
  /** What was done at once, and what lets the work under way go on. */
  let batches: string[][];
  let goOn: (() => void)[];

  const shout = () =>
    batched(async (words: readonly string[]) => {
      batches.push([...words]);
      await new Promise<void>(done => goOn.push(done));
      if (words.includes('bad')) throw new Error('refused');
      return words.map(word => word.toUpperCase());
    });

  /** Lets all work go on, also what begins only then. */
  async function letAllGoOn(all: readonly Promise<unknown>[]): Promise<unknown[]> {
    let isOver = false;
    const over = Promise.allSettled(all).then(results => {
      isOver = true;
      return results.map(each => (each.status === 'fulfilled' ? each.value : String(each.reason)));
    });
    while (!isOver) {
      for (const next of goOn.splice(0)) next();
      await new Promise(setImmediate);
    }
    return over;
  }

  beforeEach(() => {
    batches = [];
    goOn = [];
  });

  it('begins at once where nothing is under way', async () => {
    const asked = shout()('one');
    expect(batches).to.deep.equal([['one']]);
    expect(await letAllGoOn([asked])).to.deep.equal(['ONE']);
  });

  it('serves together all who call meanwhile, each with a result of their own', async () => {
    const say = shout();
    const all = ['one', 'two', 'three'].map(say);
    expect(await letAllGoOn(all)).to.deep.equal(['ONE', 'TWO', 'THREE']);
    expect(batches).to.deep.equal([['one'], ['two', 'three']]);
    expect(await letAllGoOn([say('four')])).to.deep.equal(['FOUR']);
  });

  it('is done for sixteen at most at once', async () => {
    const all = Array.from({ length: 40 }, (_, n) => String(n));
    expect(await letAllGoOn(all.map(shout()))).to.deep.equal(all);
    expect(batches.map(batch => batch.length)).to.deep.equal([1, 16, 16, 7]);
  });

  it('fails for the one whom it fails for, and for nobody else', async () => {
    const say = shout();
    const all = ['one', 'two', 'bad', 'three'].map(say);
    expect(await letAllGoOn(all)).to.deep.equal(['ONE', 'TWO', 'Error: refused', 'THREE']);
    expect(batches).to.deep.equal([['one'], ['two', 'bad', 'three'], ['two'], ['bad'], ['three']]);
  });

  it('belongs to nobody who called', async () => {
    const caller = new AsyncLocalStorage<string>();
    const callers: unknown[] = [];
    const note = batched((words: readonly string[]) => {
      callers.push(caller.getStore());
      return Promise.resolve(words);
    });
    await Promise.all(['one', 'two'].map(word => caller.run(word, () => note(word))));
    expect(callers).to.deep.equal([undefined, undefined]);
  });
});
