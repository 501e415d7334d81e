import { expect } from 'chai';
import { requiredLessons } from '../../../server/learning/completion.js';
import { progressOf } from '../../../server/learning/progress.js';
import { rows } from '../../support/rows.js';
import { said } from '../../support/said.js';
import { ada } from '../../support/people.js';
import { course, enrolled } from '../../support/walk.js';
import { plain } from '../../support/pages.js';
import { ownWorld } from '../../support/world.js';

describe('the notice before a module', () => {
  ownWorld();
  it('precedes the text of the first lesson of every module, and links past it', async () => {
    const { browser, id } = await ada();
    const cycle = await enrolled({ id }, 'volunteers');
    const { snapshot } = await course('volunteers');
    for (const module of snapshot.modules) {
      const home = `/learning/${cycle.id}/modules/${module.slug}`;
      const first = requiredLessons(module)[0]?.name ?? '';
      for (const path of [home, `${home}/lessons/${first}`]) {
        const words = plain((await browser.get(path)).text);
        expect(words, path).to.include(said('lesson.before')).and.include(said('lesson.opening'));
        expect(words.indexOf(said('lesson.before')), path).to.be.lessThan(
          words.indexOf(said('lesson.summary')) + 1 || Infinity,
        );
      }
      expect(browser.last?.text).to.include('href="#summary"').and.include('id="summary"');
      expect(plain(browser.last?.text ?? '')).to.include(said('lesson.skip'));
    }
  });

  it('can be followed at no cost: the same step counts, and no row says what was read or skipped', async () => {
    const finished = async (skips: boolean) => {
      const { browser, id } = await ada();
      const cycle = await enrolled({ id }, 'volunteers');
      const { snapshot } = await course('volunteers');
      const [module] = snapshot.modules;
      const lesson = `/learning/${cycle.id}/modules/${module?.slug}/lessons/${module && requiredLessons(module)[0]?.name}`;
      await browser.get(skips ? `${lesson}#summary` : lesson);
      await browser.submit(`${lesson}/completion`);
      const kept = await rows<Record<string, unknown>>('select * from lesson_readings where cycle_id = $1', [
        cycle.id,
      ]);
      return { columns: Object.keys(kept[0] ?? {}), progress: [...(await progressOf(cycle.id)).finished] };
    };
    expect(await finished(true)).to.deep.equal(await finished(false));
    expect((await finished(true)).columns.join()).to.not.match(/skip|paus|reason|opened|scroll|seconds/);
  });
});
