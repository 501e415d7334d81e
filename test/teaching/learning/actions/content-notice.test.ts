import { expect } from 'chai';
import { requiredLessons } from '../../../../server/teaching/learning/completion.js';
import { progressOf } from '../../../../server/teaching/learning/progress.js';
import { linksIn } from '../../../../server/workshop/smoke/client.js';
import { rows } from '../../../support/rows.js';
import { said } from '../../../support/said.js';
import { ada } from '../../../support/people.js';
import { course, enrolled } from '../../../support/walk.js';
import { plain } from '../../../support/pages.js';
import { ownWorld } from '../../../support/world.js';

/** All that is said of a hard subject before a part and after it. */
const ALL = [
  'care.about',
  'lesson.openingStop',
  'lesson.openingDanger',
  'lesson.care',
  'lesson.careOwn',
] as const;
const saysAll = (text: string): boolean => ALL.every(key => plain(text).includes(said(key)));
const saysSome = (text: string): boolean => ALL.some(key => plain(text).includes(said(key)));

describe('the notice before a hard part', () => {
  ownWorld();
  it('is read in full before the course begins and on the page of its first module, and stays on the page of the course', async () => {
    const { browser, id } = await ada();
    const cycle = await enrolled({ id }, 'volunteers');
    const home = `/learning/${cycle.id}`;
    const first = `${home}/modules/${(await course('volunteers')).snapshot.modules[0]?.slug}`;
    for (const path of [home, first]) {
      const { text } = await browser.get(path);
      expect(saysAll(text), path).to.equal(true);
      expect(text.indexOf(said('care.about')), path).to.be.below(text.indexOf('data-next'));
    }
    const [lesson = ''] = linksIn(browser.last?.text ?? '', /\/lessons\//);
    await browser.get(lesson);
    await browser.submit(`${lesson}/completion`);
    const later = (await browser.get(home)).text;
    expect(saysAll(later)).to.equal(true);
    expect(later).to.include('id="care"');
    expect(later.indexOf('id="care"')).to.be.above(later.indexOf('data-next'));
  });

  it('is a line with a way to all of it in every lesson, before its text, whichever is opened first', async () => {
    const { browser, id } = await ada();
    const cycle = await enrolled({ id }, 'volunteers');
    const { snapshot } = await course('volunteers');
    const [, ...later] = snapshot.modules;
    const module = (slug: string) => `/learning/${cycle.id}/modules/${slug}`;
    const lessons = snapshot.modules.flatMap(({ slug, lessons: all }) =>
      all.map(({ name }) => `${module(slug)}/lessons/${name}`),
    );
    for (const path of [...later.map(({ slug }) => module(slug)), ...lessons]) {
      const { text } = await browser.get(path);
      const [line = '', ...more] = text.match(/<p [^>]*data-care="line">.*/g) ?? [];
      expect(more, path).to.have.length(0);
      expect(linksIn(line, /#care$/), path).to.deep.equal([`/learning/${cycle.id}#care`]);
      expect(saysSome(text), path).to.equal(false);
      if (!lessons.includes(path)) continue;
      expect(text.indexOf(line), path).to.be.below(text.indexOf('class="prose"'));
      expect(line, path).to.include('href="#summary"');
      expect(text, path).to.include('id="summary"');
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
