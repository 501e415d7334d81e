import { expect } from 'chai';
import { requiredLessons, steps as stepsOf } from '../../../../server/teaching/learning/completion.js';
import { progressOf } from '../../../../server/teaching/learning/progress.js';
import { said } from '../../../support/said.js';
import { ada, cleo } from '../../../support/people.js';
import { COURSE, course, enrolled, MODULE, readLessons } from '../../../support/walk.js';
import { count } from '../../../support/rows.js';
import { plain, send } from '../../../support/pages.js';
import { ownWorld, world } from '../../../support/world.js';

async function start(slug = COURSE) {
  const learner = await ada();
  const cycle = await enrolled(learner, slug);
  const { snapshot } = await course(slug);
  const module = snapshot.modules.find(each => each.slug === MODULE);
  if (!module) throw new Error(`${slug} has no module ${MODULE}`);
  const first = requiredLessons(module)[0]?.name ?? '';
  const home = `/learning/${cycle.id}`;
  const lesson = `${home}/modules/${MODULE}/lessons/${first}`;
  return { ...learner, cycle, snapshot, module, first, home, lesson };
}

describe('finishing a lesson', () => {
  ownWorld();
  it('is saved, and leads to the quiz after the last required lesson', async () => {
    const { browser, cycle, module, home } = await start();
    const names = requiredLessons(module).map(({ name }) => name);
    let path = '';
    for (const name of names) {
      const lesson = `${home}/modules/${MODULE}/lessons/${name}`;
      await browser.get(lesson);
      ({ path } = await browser.submit(`${lesson}/completion`));
    }
    expect(path).to.equal(`${home}/quizzes/${MODULE}`);
    expect([...(await progressOf(cycle.id)).finished]).to.have.members(
      names.map(name => `${MODULE}/${name}`),
    );
  });

  it('leads to the next required lesson, past the optional ones', async () => {
    const { browser, lesson, home, module } = await start('volunteers');
    await browser.get(lesson);
    const page = await browser.submit(`${lesson}/completion`);
    const second = requiredLessons(module)[1]?.name;
    expect(page.path).to.equal(
      second ? `${home}/modules/${MODULE}/lessons/${second}` : `${home}/quizzes/${MODULE}`,
    );
  });

  it('counts once, however many requests arrive at once', async () => {
    const { browser, cycle, lesson } = await start();
    await browser.get(lesson);
    await Promise.all(Array.from({ length: 10 }, () => browser.submit(`${lesson}/completion`)));
    expect(await count('lesson_readings where cycle_id = $1', [cycle.id])).to.equal(1);
    const told = await count(`events where name = 'lesson.finished' and payload like $1`, [`%${cycle.id}%`]);
    expect(told).to.equal(1);
  });

  it('of an optional lesson completes no step', async () => {
    const { browser, cycle, home, module, snapshot } = await start();
    const optional = module.lessons.find(each => each.optional);
    if (!optional) throw new Error(`${MODULE} has no optional lesson`);
    const steps = said('progress.steps', { done: 0, count: stepsOf(snapshot).length });
    expect(plain((await browser.get(home)).text)).to.include(steps);
    const lesson = `${home}/modules/${MODULE}/lessons/${optional.name}`;
    await browser.get(lesson);
    await browser.submit(`${lesson}/completion`);
    expect(plain((await browser.get(home)).text)).to.include(steps);
    expect((await progressOf(cycle.id)).finished.size).to.equal(1);
  });

  it('needs sign-in, and changes nothing without it', async () => {
    const { lesson, cycle } = await start();
    const visitor = world().visitor();
    const page = await send(visitor, `${lesson}/completion`);
    expect(page.path).to.equal('/sign-in');
    expect((await progressOf(cycle.id)).finished.size).to.equal(0);
  });

  it('returns 404 to other users', async () => {
    const { lesson, cycle } = await start();
    const { browser } = await cleo();
    expect((await send(browser, `${lesson}/completion`)).status).to.equal(404);
    expect((await browser.get(lesson)).status).to.equal(404);
    expect((await progressOf(cycle.id)).finished.size).to.equal(0);
  });

  it('is refused without a form token', async () => {
    const { browser, lesson, cycle } = await start();
    await browser.get(lesson);
    expect((await browser.post(`${lesson}/completion`, {})).status).to.equal(403);
    expect((await progressOf(cycle.id)).finished.size).to.equal(0);
  });

  it('returns 404 for a lesson, module or cycle that does not exist', async () => {
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

describe('the pages of a cycle', () => {
  ownWorld();
  it('continue where the learner stopped', async () => {
    const { browser, home, cycle, lesson } = await start();
    expect((await browser.get(home)).text).to.include(`href="${lesson}"`);
    await readLessons(cycle, MODULE);
    const page = await browser.get(home);
    expect(page.text).to.include(`href="${home}/quizzes/${MODULE}"`);
    expect(page.text).to.not.include(`href="${lesson}"`);
  });

  it('offer to start what has not begun, and to continue after that', async () => {
    const { browser, home, cycle } = await start();
    const mine = async () => plain((await browser.get('/learning')).text);
    expect(await mine())
      .to.include(said('course.status.open'))
      .and.not.include(said('about.continue'));
    for (const path of [home, `${home}/modules/${MODULE}`])
      expect(plain((await browser.get(path)).text), path).to.include(` ${said('course.start')} `);
    await readLessons(cycle, MODULE);
    expect(await mine())
      .to.include(said('myCourses.inProgress'))
      .and.include(said('about.continue'));
    for (const path of [home, `${home}/modules/${MODULE}`]) {
      const page = plain((await browser.get(path)).text);
      expect(page, path).to.include(said('about.continue'));
    }
  });

  it('list the learner’s own courses under "My courses", and nobody else’s', async () => {
    const { browser, home } = await start();
    expect((await browser.get('/learning')).text).to.include(`href="${home}"`);
    const other = await cleo();
    expect((await other.browser.get('/learning')).text).to.not.include(home);
  });

  it('return 404 to other users', async () => {
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
