import { expect } from 'chai';
import type { SnapshotLesson } from '../../../../server/teaching/content/snapshot.js';
import { said } from '../../../support/said.js';
import { ada, cleo } from '../../../support/people.js';
import { count } from '../../../support/rows.js';
import { course, enrolled, MODULE } from '../../../support/walk.js';
import { plain, send } from '../../../support/pages.js';
import { ownWorld } from '../../../support/world.js';

async function start() {
  const learner = await ada();
  const cycle = await enrolled(learner);
  const { snapshot } = await course();
  const lesson = snapshot.modules
    .find(({ slug }) => slug === MODULE)
    ?.lessons.find(({ checks }) => checks.length > 0);
  const check = lesson?.checks[0];
  if (!lesson || !check) throw new Error(`${MODULE} has no lesson with a check`);
  const page = `/learning/${cycle.id}/modules/${MODULE}/lessons/${lesson.name}`;
  return { ...learner, cycle, lesson, check, page, action: `${page}/checks/${check.id}#check-${check.id}` };
}

const feedbackIn = (text: string, { checks }: SnapshotLesson) =>
  checks.flatMap(({ options }) => options).filter(({ feedback }) => plain(text).includes(feedback));

describe('a check in a lesson', () => {
  ownWorld();
  it('does not give its answer away before it is answered', async () => {
    const { browser, lesson, page } = await start();
    expect(feedbackIn((await browser.get(page)).text, lesson)).to.deep.equal([]);
  });

  it('tells on the same page whether a choice is right', async () => {
    const { browser, check, page, action, lesson } = await start();
    await browser.get(page);
    for (const option of check.options) {
      const answered = await browser.submit(action, { choice: option.id });
      expect(answered.status).to.equal(200);
      const right = option.id === check.key;
      expect(plain(answered.text)).to.include(said(right ? 'components.right' : 'components.notTheBest'));
      expect(feedbackIn(answered.text, lesson).map(({ id }) => id)).to.deep.equal([option.id]);
    }
  });

  it('is never stored', async () => {
    const { browser, check, page, action, id } = await start();
    const rowsOf = async () => [
      await count('attempts where user_id = $1', [id]),
      await count('lesson_readings r join cycles c on c.id = r.cycle_id where c.user_id = $1', [id]),
      await count('events where actor_id = $1', [id]),
    ];
    const before = await rowsOf();
    await browser.get(page);
    await browser.submit(action, { choice: check.key });
    expect(await rowsOf()).to.deep.equal(before);
    expect((await browser.get(page)).text).to.not.include(' checked');
  });

  it('asks again when a choice is unknown or missing', async () => {
    const { browser, page, action, lesson, check } = await start();
    for (const choice of ['', 'zz', '__proto__', ['a', 'b']]) {
      await browser.get(page);
      const answered = await browser.submit(action, { choice });
      expect(answered.status).to.equal(422);
      expect(answered.text).to.include(`href="#${check.id}-${check.options[0]?.id}"`);
      expect(feedbackIn(answered.text, lesson)).to.deep.equal([]);
    }
  });

  it('returns 404 for a check of another lesson, and to other users', async () => {
    const { browser, page, action, check } = await start();
    expect((await send(browser, `${page}/checks/XX-C99`, { choice: 'a' })).status).to.equal(404);
    const other = await cleo();
    const [path = ''] = action.split('#');
    expect((await send(other.browser, path, { choice: check.key })).status).to.equal(404);
  });
});
