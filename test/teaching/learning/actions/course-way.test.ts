import { expect } from 'chai';
import { ada } from '../../../support/people.js';
import { course, enrolled, MODULE, readLessons, takeQuiz } from '../../../support/walk.js';
import { ownWorld, world } from '../../../support/world.js';

const stopsOn = (html: string): string[] =>
  [...html.matchAll(/data-stop="(\w+)"/g)].map(([, stop = '']) => stop);

describe('the line of a course', () => {
  ownWorld();

  it('has an arch for each module, for the final and at its end, and lights one more with each that is done', async () => {
    const { browser, id } = await ada();
    const cycle = await enrolled({ id });
    const { modules } = (await course()).snapshot;
    const page = async () => stopsOn((await browser.get(`/learning/${cycle.id}`)).text);
    const open = Array<string>(modules.length + 1).fill('open');
    expect(await page()).to.deep.equal([...open, 'goal']);
    await readLessons(cycle, MODULE);
    expect(await page()).to.deep.equal([...open, 'goal']);
    await takeQuiz(cycle, MODULE);
    await world().worker.drain();
    expect(await page()).to.deep.equal(['done', ...open.slice(1), 'goal']);
  });

  it('is not in a copy, which knows of nobody’s progress', async () => {
    const { browser, id } = await ada();
    const { id: cycle } = await enrolled({ id });
    expect(stopsOn((await browser.get(`/learning/${cycle}?copy`)).text)).to.deep.equal([]);
  });
});
