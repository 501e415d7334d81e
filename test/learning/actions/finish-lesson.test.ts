import { expect } from 'chai';
import { requiredLessons } from '../../../server/learning/completion.js';
import { progressOf } from '../../../server/learning/progress.js';
import { ada, cleo } from '../../support/people.js';
import { COURSE, count, course, enrolled, MODULE, plain, readLessons, send } from '../../support/walk.js';
import { ownWorld, world } from '../../support/world.js';

async function start(slug = COURSE) {
  const learner = await ada();
  const cycle = await enrolled(learner, slug);
  const module = (await course(slug)).snapshot.modules.find(each => each.slug === MODULE);
  if (!module) throw new Error(`${slug} has no module ${MODULE}`);
  const first = requiredLessons(module)[0]?.name ?? '';
  const home = `/learning/${cycle.id}`;
  const lesson = `${home}/modules/${MODULE}/lessons/${first}`;
  return { ...learner, cycle, module, first, home, lesson };
}

describe('finishing a lesson', () => {
  ownWorld();
  it('is kept, and leads to the quiz after the last lesson that counts', async () => {
    const { browser, cycle, lesson, first, home } = await start();
    await browser.get(lesson);
    const page = await browser.submit(`${lesson}/completion`);
    expect(page.path).to.equal(`${home}/quizzes/${MODULE}`);
    expect([...(await progressOf(cycle.id)).finished]).to.deep.equal([`${MODULE}/${first}`]);
  });

  it('leads to the next lesson that counts, past the optional ones', async () => {
    const { browser, lesson, home, module } = await start('volunteers');
    await browser.get(lesson);
    const page = await browser.submit(`${lesson}/completion`);
    const second = requiredLessons(module)[1]?.name;
    expect(page.path).to.equal(
      second ? `${home}/modules/${MODULE}/lessons/${second}` : `${home}/quizzes/${MODULE}`,
    );
  });

  it('counts once, however often it is sent at the same moment', async () => {
    const { browser, cycle, lesson } = await start();
    await browser.get(lesson);
    await Promise.all(Array.from({ length: 10 }, () => browser.submit(`${lesson}/completion`)));
    expect(await count('lesson_readings where cycle_id = $1', [cycle.id])).to.equal(1);
    const told = await count(`events where name = 'lesson.finished' and payload like $1`, [`%${cycle.id}%`]);
    expect(told).to.equal(1);
  });

  it('of an optional lesson moves no step', async () => {
    const { browser, cycle, home, module } = await start();
    const optional = module.lessons.find(each => each.optional);
    if (!optional) throw new Error(`${MODULE} has no optional lesson`);
    const before = plain((await browser.get(home)).text);
    const lesson = `${home}/modules/${MODULE}/lessons/${optional.name}`;
    await browser.get(lesson);
    await browser.submit(`${lesson}/completion`);
    const words = /You have finished \d+ of \d+ steps/;
    expect(words.exec(plain((await browser.get(home)).text))?.[0]).to.equal(words.exec(before)?.[0]);
    expect((await progressOf(cycle.id)).finished.size).to.equal(1);
  });

  it('needs sign-in, and changes nothing without', async () => {
    const { lesson, cycle } = await start();
    const visitor = world().visitor();
    const page = await send(visitor, `${lesson}/completion`);
    expect(page.path).to.equal('/sign-in');
    expect((await progressOf(cycle.id)).finished.size).to.equal(0);
  });

  it('says 404 to somebody else', async () => {
    const { lesson, cycle } = await start();
    const { browser } = await cleo();
    expect((await send(browser, `${lesson}/completion`)).status).to.equal(404);
    expect((await browser.get(lesson)).status).to.equal(404);
    expect((await progressOf(cycle.id)).finished.size).to.equal(0);
  });

  it('is refused without the token of a page', async () => {
    const { browser, lesson, cycle } = await start();
    await browser.get(lesson);
    expect((await browser.post(`${lesson}/completion`, {})).status).to.equal(403);
    expect((await progressOf(cycle.id)).finished.size).to.equal(0);
  });

  it('says 404 to a lesson, module or round that is not there', async () => {
    const { browser, home, lesson, first } = await start();
    const wrong = [
      `${home}/modules/${MODULE}/lessons/99-nothing`,
      `${home}/modules/nothing/lessons/${first}`,
      `/learning/nonsense/modules/${MODULE}/lessons/${first}`,
      `/learning/00000000-0000-4000-8000-000000000000/modules/${MODULE}/lessons/${first}`,
      lesson.replace('/lessons/', '/lessons/__proto__/'),
    ];
    for (const address of wrong) {
      expect((await send(browser, `${address}/completion`)).status, address).to.equal(404);
    }
  });
});

describe('the pages of a round', () => {
  ownWorld();
  it('go on where the learner stopped', async () => {
    const { browser, home, cycle, lesson } = await start();
    expect((await browser.get(home)).text).to.include(`href="${lesson}"`);
    await readLessons(cycle, MODULE);
    const page = await browser.get(home);
    expect(page.text).to.include(`href="${home}/quizzes/${MODULE}"`);
    expect(page.text).to.not.include(`href="${lesson}"`);
  });

  it('offer to start what is not begun, and to continue after that', async () => {
    const { browser, home, cycle } = await start();
    const mine = async () => plain((await browser.get('/learning')).text);
    expect(await mine())
      .to.include('Not started')
      .and.not.include('Continue');
    for (const path of [home, `${home}/modules/${MODULE}`])
      expect(plain((await browser.get(path)).text), path).to.match(/ Start /);
    await readLessons(cycle, MODULE);
    expect(await mine())
      .to.include('In progress')
      .and.include('Continue');
    for (const path of [home, `${home}/modules/${MODULE}`]) {
      const page = plain((await browser.get(path)).text);
      expect(page, path).to.include('Continue').and.not.include('done.');
    }
  });

  it('list the course under "My courses", and only the own one', async () => {
    const { browser, home } = await start();
    expect((await browser.get('/learning')).text).to.include(`href="${home}"`);
    const other = await cleo();
    expect((await other.browser.get('/learning')).text).to.not.include(home);
  });

  it('are nobody else’s', async () => {
    const { home } = await start();
    const { browser } = await cleo();
    for (const path of [home, `${home}/modules/${MODULE}`, `${home}/quizzes/${MODULE}`]) {
      expect((await browser.get(path)).status, path).to.equal(404);
    }
    const visitor = world().visitor();
    expect((await visitor.get(home)).path).to.equal(`/sign-in?next=${encodeURIComponent(home)}`);
  });

  it('show every lesson and every module of the course', async () => {
    const { browser, home } = await start();
    for (const module of (await course()).snapshot.modules) {
      expect((await browser.get(`${home}/modules/${module.slug}`)).status).to.equal(200);
      for (const { name } of module.lessons) {
        const path = `${home}/modules/${module.slug}/lessons/${name}`;
        const page = await browser.get(path);
        expect(page.status, path).to.equal(200);
        expect(page.text, path).to.not.match(/\{\{|\[F\d{3}|undefined|\[object/);
      }
    }
  });
});
