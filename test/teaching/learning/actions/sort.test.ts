import { expect } from 'chai';
import { said } from '../../../support/said.js';
import { ada } from '../../../support/people.js';
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
    ?.lessons.find(({ sorts = [] }) => sorts.length > 0);
  const sort = lesson?.sorts?.[0];
  if (!lesson || !sort) throw new Error(`${MODULE} has no lesson with things to sort`);
  const page = `/learning/${cycle.id}/modules/${MODULE}/lessons/${lesson.name}`;
  const groups = (of: (right: number) => number) =>
    Object.fromEntries(sort.things.map(({ group }, at) => [`thing-${at + 1}`, String(of(group))]));
  const told = (text: string) => sort.things.filter(({ feedback }) => plain(text).includes(feedback)).length;
  return { ...learner, page, sort, groups, told, action: `${page}/checks/${sort.id}#check-${sort.id}` };
}

describe('things to sort in a lesson', () => {
  ownWorld();

  it('say nothing of where they belong before they are sorted', async () => {
    const { browser, page, told } = await start();
    expect(told((await browser.get(page)).text)).to.equal(0);
  });

  it('each say why, once all are sorted, and where they belong if they are not there', async () => {
    const { browser, page, action, sort, groups, told } = await start();
    const belongs = (text: string) =>
      sort.groups.filter(group => plain(text).includes(said('components.belongs', { group }))).length;
    await browser.get(page);
    const right = await browser.submit(
      action,
      groups(group => group),
    );
    expect([right.status, told(right.text), belongs(right.text)]).to.deep.equal([200, sort.things.length, 0]);
    const wrong = await browser.submit(
      action,
      groups(group => (group % sort.groups.length) + 1),
    );
    expect([wrong.status, told(wrong.text)]).to.deep.equal([200, sort.things.length]);
    expect(belongs(wrong.text)).to.be.above(0);
  });

  it('ask again for the one that has no group, and keep the others', async () => {
    const { browser, page, action, sort, groups, told } = await start();
    for (const left of ['', '0', '9', 'x', ['1', '2']]) {
      await browser.get(page);
      const asked = await browser.submit(action, { ...groups(group => group), 'thing-2': left });
      expect([asked.status, told(asked.text)]).to.deep.equal([422, 0]);
      expect(asked.text).to.include(`href="#${sort.id}-thing-2"`);
      expect(asked.text.match(/ checked/g)).to.have.length(sort.things.length - 1);
    }
  });

  it('are never stored, and are of no other lesson', async () => {
    const { browser, page, action, groups, id } = await start();
    const before = await count('events where actor_id = $1', [id]);
    await browser.get(page);
    await browser.submit(
      action,
      groups(group => group),
    );
    expect(await count('events where actor_id = $1', [id])).to.equal(before);
    expect((await browser.get(page)).text).to.not.include(' checked');
    expect(
      (
        await send(
          browser,
          `${page}/checks/XX-T9`,
          groups(group => group),
        )
      ).status,
    ).to.equal(404);
  });
});
