import { expect } from 'chai';
import {
  bestPath,
  walk,
  writePath,
} from '../../../../server/teaching/questions/types/scenario/scenario-walk.js';
import type { Scenario } from '../../../../server/teaching/questions/types/scenario/scenario-shape.js';
import { linksIn } from '../../../../server/workshop/smoke/client.js';
import { said } from '../../../support/said.js';
import { ada, cleo } from '../../../support/people.js';
import { count } from '../../../support/rows.js';
import { course, enrolled, MODULE, readLessons } from '../../../support/walk.js';
import { plain } from '../../../support/pages.js';
import { ownWorld, world } from '../../../support/world.js';

/** A learner who may open the case of a module, and that case. */
async function start(module = MODULE, slug = 'volunteers') {
  const learner = await ada();
  const cycle = await enrolled(learner, slug);
  const { snapshot } = await course(slug);
  const found = snapshot.modules.find(each => each.slug === module);
  if (!found) throw new Error(`${slug} has no module ${module}`);
  const home = `/learning/${cycle.id}/modules/${module}`;
  return { ...learner, cycle, module: found, scenario: found.scenario, home, address: `${home}/case` };
}

function at(scenario: Scenario, path: readonly string[]) {
  const found = walk(scenario, path);
  if (!found) throw new Error(`${scenario.id} has no path ${writePath(path)}`);
  return found;
}

/** The path that takes the first choice of a quality wherever there is one. */
function pathOf(scenario: Scenario, quality: string): string[] {
  const path: string[] = [];
  for (let here = at(scenario, path); here.node; here = at(scenario, path))
    path.push((here.node.choices.find(each => each.quality === quality) ?? here.node.choices[0])?.id ?? '');
  return path;
}

describe('the case of a module', () => {
  ownWorld();
  it('is offered on the page of the module, begins at the end of its last lesson, and only there', async () => {
    const { browser, home, address, module } = await start();
    const page = await browser.get(home);
    expect(linksIn(page.text, /\/case$/)).to.deep.equal([address]);
    expect(plain(page.text)).to.include(said('case.practise'));
    const lessons = module.lessons.filter(({ optional }) => !optional);
    for (const [index, { name }] of lessons.entries()) {
      const { text } = await browser.get(`${home}/lessons/${name}`);
      expect(text.includes(`action="${address}/outcome"`)).to.equal(index === lessons.length - 1);
    }
  });

  it('begins with the story, the first question and every choice, without consequences or reasons', async () => {
    const { browser, address, scenario } = await start();
    const page = await browser.get(address);
    const words = plain(page.text);
    const { node } = at(scenario, []);
    expect(page.status).to.equal(200);
    for (const text of [scenario.title, scenario.role, scenario.opening, node?.text, node?.question])
      expect(words).to.include(plain(text ?? 'no such text'));
    for (const { text, result, reason } of node?.choices ?? []) {
      expect(words).to.include(plain(text));
      expect(words).to.not.include(plain(result)).and.not.include(plain(reason));
    }
  });

  it('asks for one decision a page, all along its best path', async () => {
    const { browser, address, scenario } = await start('life-after-and-prevention');
    const path = bestPath(scenario);
    for (const step of path.keys()) {
      const behind = path.slice(0, step);
      const { text } = await browser.get(`${address}?path=${writePath(behind)}`);
      const { node } = at(scenario, behind);
      const offered = [...text.matchAll(/type="radio"[^>]*value="(\w)"/g)].map(([, id]) => id);
      expect(offered).to.deep.equal(node?.choices.map(({ id }) => id));
      expect(plain(text)).to.include(
        said('case.position', { title: scenario.title, position: step + 1, total: path.length }),
      );
      for (const { choice } of at(scenario, behind).steps) expect(plain(text)).to.include(plain(choice.text));
    }
  });

  for (const quality of ['best', 'acceptable', 'weak', 'unsafe'] as const) {
    it(`tells the consequence first, the reason second and then the better way (${quality})`, async () => {
      const { browser, address, scenario } = await start();
      const path = pathOf(scenario, quality);
      const step = path.findIndex(
        (_, index) => at(scenario, path.slice(0, index + 1)).steps[index]?.choice.quality === quality,
      );
      const behind = path.slice(0, step);
      const { choice } = at(scenario, path.slice(0, step + 1)).steps.at(-1) ?? {};
      if (!choice || choice.quality !== quality) throw new Error(`The case has no choice that is ${quality}`);

      const page = await browser.get(`${address}/outcome?path=${writePath(behind)}&choice=${choice.id}`);
      const words = plain(page.text);
      const told = [
        choice.text,
        choice.result,
        choice.reason,
        ...('better' in choice ? [choice.better] : []),
      ];
      const places = told.map(text => words.indexOf(plain(text)));
      expect(places.every(place => place >= 0)).to.equal(true);
      expect(places).to.deep.equal([...places].sort((a, b) => a - b));
      expect(words).to.include(said(`case.why.${quality}`));

      const again = behind.length === 0 ? address : `${address}?path=${writePath(behind)}`;
      const links = linksIn(page.text, /\/case(\?|$)/);
      expect(links).to.include(`${address}?path=${writePath([...behind, choice.id])}`);
      expect(links.includes(again)).to.equal(quality === 'weak' || quality === 'unsafe');
    });
  }

  it('shows the same page with an error when nothing was chosen', async () => {
    const { browser, address } = await start();
    for (const path of ['', 'a']) {
      const page = await browser.get(`${address}/outcome?path=${path}`);
      expect(page.status).to.equal(422);
      expect(plain(page.text)).to.include(said('question.problem.missing'));
      expect(page.text).to.include(`name="path" value="${path}"`);
    }
  });

  it('ends with its text, a look back in words, care, and the way on to the quiz', async () => {
    const { browser, address, scenario, module, cycle, home } = await start();
    const path = pathOf(scenario, 'unsafe');
    const { steps, ending } = at(scenario, path);
    const end = `${address}?path=${writePath(path)}`;
    const page = await browser.get(end);
    const words = plain(page.text);
    expect(words).to.include(plain(ending?.text ?? 'no ending'));
    for (const { choice } of steps)
      expect(words).to.include(`${plain(choice.text)} ${said(`case.quality.${choice.quality}`)}`);
    expect(words).to.include(plain(module.care ?? 'no care text'));
    expect(linksIn(page.text, /\/quizzes\//)).to.deep.equal([]);
    expect(linksIn(page.text, /\/modules\//)).to.include.members([home, address]);

    await readLessons(cycle, MODULE);
    expect(linksIn((await browser.get(end)).text, /\/quizzes\//)).to.deep.equal([
      `/learning/${cycle.id}/quizzes/${MODULE}`,
    ]);
  });

  it('shows no total where the number of decisions depends on the choices', async () => {
    const { browser, address, scenario } = await start('disguised-recruiters');
    const words = plain((await browser.get(address)).text);
    expect(words).to.include(`${said('case.positionOpen', { title: scenario.title, position: 1 })} `);
    const withTotal = said('case.position', { title: scenario.title, position: 1, total: '' });
    expect(words).to.not.include(withTotal);
  });

  it('can be played to its end in every module of every course', async () => {
    for (const slug of ['airline-and-transport', 'volunteers', 'law-enforcement']) {
      const learner = await ada();
      const cycle = await enrolled(learner, slug);
      for (const { slug: module, scenario } of (await course(slug)).snapshot.modules) {
        const address = `/learning/${cycle.id}/modules/${module}/case`;
        const path = bestPath(scenario);
        for (const step of path.keys()) {
          const outcome = `${address}/outcome?path=${writePath(path.slice(0, step))}&choice=${path[step] ?? ''}`;
          expect((await learner.browser.get(outcome)).status, outcome).to.equal(200);
        }
        const { text } = await learner.browser.get(`${address}?path=${writePath(path)}`);
        expect(plain(text)).to.include(said('case.end'));
      }
    }
  });

  it('stores nothing and completes no step', async () => {
    const { browser, id, cycle, address, scenario } = await start();
    const home = `/learning/${cycle.id}`;
    const rowsOf = async () => [
      await count('attempts where user_id = $1', [id]),
      await count('lesson_readings where cycle_id = $1', [cycle.id]),
      await count('events where actor_id = $1', [id]),
    ];
    const before = { rows: await rowsOf(), words: plain((await browser.get(home)).text) };
    const path = bestPath(scenario);
    for (const step of path.keys()) {
      await browser.get(`${address}?path=${writePath(path.slice(0, step))}`);
      await browser.get(
        `${address}/outcome?path=${writePath(path.slice(0, step))}&choice=${path[step] ?? ''}`,
      );
    }
    await browser.get(`${address}?path=${writePath(path)}`);
    expect(await rowsOf()).to.deep.equal(before.rows);
    expect(plain((await browser.get(home)).text)).to.equal(before.words);
  });

  describe('returns 404, never 500, for what no page links to', () => {
    const paths = [
      'z',
      'a.z',
      'a.b.c.d.a',
      'a.',
      '.a',
      'a..b',
      'A',
      'ab',
      '%00',
      '%0a',
      'a%2Cb',
      '%27',
      '1',
      'null',
      '__proto__',
      'constructor',
      'a.'.repeat(500),
      'a%20',
      '..%2f..%2f',
    ];
    it('as a path', async () => {
      const { browser, address } = await start();
      for (const path of paths) {
        expect((await browser.get(`${address}?path=${path}`)).status, path).to.equal(404);
        expect((await browser.get(`${address}/outcome?path=${path}&choice=a`)).status, path).to.equal(404);
      }
      for (const query of ['path=a&path=b', 'path[]=a', 'path[0]=a', 'path[a]=b']) {
        expect((await browser.get(`${address}?${query}`)).status, query).to.be.oneOf([200, 404]);
        expect((await browser.get(`${address}/outcome?${query}&choice=a`)).status, query).to.be.oneOf([
          200, 404,
        ]);
      }
    });

    it('as a choice', async () => {
      const { browser, address } = await start();
      for (const choice of ['z', '', 'A', 'aa', '%00', '__proto__', 'a&choice=b', 'a.b'])
        expect((await browser.get(`${address}/outcome?path=&choice=${choice}`)).status, choice).to.equal(404);
    });

    it('as a choice after the end', async () => {
      const { browser, address, scenario } = await start();
      const end = writePath(bestPath(scenario));
      expect((await browser.get(`${address}/outcome?path=${end}&choice=a`)).status).to.equal(404);
      expect((await browser.get(`${address}/outcome?path=${end}`)).status).to.equal(404);
    });

    it('as a module', async () => {
      const { browser, cycle } = await start();
      for (const module of ['final', 'nothing', '__proto__', 'law-enforcement'])
        expect((await browser.get(`/learning/${cycle.id}/modules/${module}/case`)).status, module).to.equal(
          404,
        );
    });
  });

  it('needs sign-in, and returns 404 to other users', async () => {
    const { address } = await start();
    const other = await cleo();
    for (const path of [address, `${address}/outcome?path=&choice=a`]) {
      expect((await other.browser.get(path)).status).to.equal(404);
      expect((await world().visitor().get(path)).path).to.match(/^\/sign-in\?next=/);
    }
  });
});
