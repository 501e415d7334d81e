import { expect } from 'chai';
import {
  bestPath,
  walk,
  writePath,
} from '../../../../../server/teaching/questions/types/scenario/scenario-walk.js';
import { linksIn } from '../../../../../server/workshop/smoke/client.js';
import { cleo } from '../../../../support/people.js';
import { said, saidLike } from '../../../../support/said.js';
import { plain, send } from '../../../../support/pages.js';
import { ownWorld, world } from '../../../../support/world.js';
import { atCase } from './at-case.js';

describe('deciding in the case of the final', () => {
  ownWorld();
  it('keeps each decision as it is made, and shows its consequence and the next one', async () => {
    const open = await atCase();
    const path = bestPath(open.scenario);
    for (const [index, choice] of path.entries()) {
      const page = await open.decide(choice);
      expect([page.status, page.path]).to.deep.equal([200, open.page]);
      expect(await open.kept()).to.deep.equal(path.slice(0, index + 1));
      expect(await open.steps()).to.equal(index + 1);
      const { steps, node } = walk(open.scenario, path.slice(0, index + 1)) ?? {};
      expect(plain(page.text)).to.include(plain(steps?.at(-1)?.choice.result ?? 'no result'));
      if (node) expect(plain(page.text)).to.include(plain(node.text)).and.include(plain(node.question));
    }
    const page = await open.browser.get(open.page);
    expect(plain(page.text)).to.include(said('case.over'));
    expect(linksIn(page.text, /\/answers\//)).to.deep.equal([]);
    expect(linksIn(page.text, /\/review$/)).to.deep.equal([`/attempts/${open.attempt.id}/review`]);
  });

  describe('does not take back a decision', () => {
    it('when an old step is sent again: nothing changes, and the page shows where the case is', async () => {
      const open = await atCase();
      const [first = '', second = ''] = bestPath(open.scenario);
      const old = open.browser.last;
      await open.decide(first);
      await open.decide(second);
      open.browser.last = old;
      const page = await open.decide(first);
      expect(page.status).to.equal(409);
      expect(plain(page.text))
        .to.include(said('case.staleTitle'))
        .and.match(
          saidLike('case.position', { title: plain(open.scenario.title), position: 3, total: /\d+/ }),
        );
      expect(await open.kept()).to.deep.equal([first, second]);
      expect(await open.steps()).to.equal(2);
    });

    it('in a tab that is behind: 409, and it names what was chosen there', async () => {
      const open = await atCase();
      const { node } = walk(open.scenario, []) ?? {};
      const [mine, theirs] = node?.choices ?? [];
      const old = open.browser.last;
      await open.decide(theirs?.id ?? '');
      open.browser.last = old;
      const page = await open.decide(mine?.id ?? '');
      expect(page.status).to.equal(409);
      expect(plain(page.text)).to.include(said('question.staleYours', { answer: plain(mine?.text ?? '') }));
      expect(await open.kept()).to.deep.equal([theirs?.id]);
      const after = await open.decide(bestPath(open.scenario)[1] ?? '');
      expect(after.status).to.equal(200);
      expect(await open.steps()).to.equal(2);
    });

    it('keeps one of two decisions that come at the same moment', async () => {
      const open = await atCase();
      const { node } = walk(open.scenario, []) ?? {};
      const ids = (node?.choices ?? []).slice(0, 2).map(({ id }) => id);
      const pages = await Promise.all(ids.map(open.decide));
      expect(pages.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
      expect(await open.kept()).to.deep.equal([ids[pages[0]?.status === 200 ? 0 : 1]]);
      expect(await open.steps()).to.equal(1);
    });

    it('and keeps one that is sent ten times once', async () => {
      const open = await atCase();
      const [first = ''] = bestPath(open.scenario);
      const before = open.browser.last;
      const pages = await Promise.all(
        Array.from({ length: 10 }, () => {
          open.browser.last = before;
          return open.decide(first);
        }),
      );
      expect(new Set(pages.map(({ status, path }) => `${status} ${path}`))).to.deep.equal(
        new Set([`200 ${open.page}`]),
      );
      expect(await open.steps()).to.equal(1);
    });

    for (const [name, fields, status] of [
      ['another first decision, with the number that holds', { path: '', choice: 'x', sequence: '2' }, 422],
      ['a step left out', { path: 'x.y.z', choice: 'a', sequence: '2' }, 422],
      ['an old number', { path: 'x.y', choice: 'z', sequence: '0' }, 409],
      ['a number ahead', { path: 'x.y', choice: 'z', sequence: '9' }, 409],
      ['no number', { path: 'x.y', choice: 'z', sequence: '' }, 422],
      ['no path', { choice: 'z', sequence: '2' }, 422],
      ['two paths', { path: ['x', 'x.y'], choice: 'z', sequence: '2' }, 422],
      ['two choices', { path: 'x.y', choice: ['a', 'b'], sequence: '2' }, 422],
      ['no choice', { path: 'x.y', sequence: '2' }, 422],
      ['a choice that is not there', { path: 'x.y', choice: 'h', sequence: '2' }, 422],
      ['a path that cannot be', { path: 'h.h', choice: 'a', sequence: '2' }, 422],
      ['SQL', { path: 'x.y', choice: "a'; drop table attempt_answers; --", sequence: '2' }, 422],
      ['NUL', { path: 'x.y\0', choice: 'a', sequence: '2' }, 422],
      ['the fields of another kind', { truth: 'true', reason: 'a', sequence: '2' }, 422],
      ['a whole path at once', { path: 'x.y.z.w', choice: 'w', sequence: '2' }, 422],
    ] as [string, Record<string, string | string[]>, number][]) {
      it(`by ${name}: ${status}, and nothing changes`, async () => {
        const open = await atCase();
        const path = bestPath(open.scenario);
        await open.decide(path[0] ?? '');
        await open.decide(path[1] ?? '');
        // The letters of the best path, put in for x, y, z and w; the first decision is turned into another one.
        const other = walk(open.scenario, [])?.node?.choices.find(({ id }) => id !== path[0])?.id ?? '';
        const letters: Record<string, string> = {
          x: path[0] ?? '',
          y: path[1] ?? '',
          z: path[2] ?? '',
          w: path[3] ?? '',
        };
        const filled = (text: string) => text.replace(/\b[xyzw]\b/g, letter => letters[letter] ?? '');
        const sent = Object.fromEntries(
          Object.entries(fields).map(([key, value]) => [
            key,
            [value].flat().map(text => (text === 'x' && key === 'choice' ? other : filled(text))),
          ]),
        );
        const page = await send(open.browser, open.action, sent);
        expect(page.status).to.equal(status);
        expect(await open.kept()).to.deep.equal(path.slice(0, 2));
        expect(await open.steps()).to.equal(2);
      });
    }

    it('nor goes on after the end', async () => {
      const open = await atCase();
      const path = bestPath(open.scenario);
      for (const choice of path) await open.decide(choice);
      const sequence = String(path.length);
      const page = await send(open.browser, open.action, { path: writePath(path), choice: 'a', sequence });
      expect(page.status).to.equal(422);
      expect(await open.kept()).to.deep.equal(path);
    });
  });

  describe('is not for everyone', () => {
    it('needs sign-in', async () => {
      const open = await atCase();
      const fields = { path: '', choice: bestPath(open.scenario)[0] ?? '', sequence: '0' };
      expect((await send(world().visitor(), open.action, fields)).path).to.equal('/sign-in');
      expect(await open.steps()).to.equal(0);
    });

    it('returns 404 to other users', async () => {
      const open = await atCase();
      const other = await cleo();
      const fields = { path: '', choice: bestPath(open.scenario)[0] ?? '', sequence: '0' };
      expect((await send(other.browser, open.action, fields)).status).to.equal(404);
      expect(await open.steps()).to.equal(0);
    });

    it('is refused without the token of a page', async () => {
      const open = await atCase();
      const fields = { path: '', choice: bestPath(open.scenario)[0] ?? '', sequence: '0' };
      expect((await open.browser.post(open.action, fields)).status).to.equal(403);
      expect(await open.steps()).to.equal(0);
    });

    it('refuses a decision after the attempt was submitted', async () => {
      const open = await atCase({ isReady: true });
      const path = bestPath(open.scenario);
      await open.finish(path.slice(0, 1));
      const fields = { path: path[0] ?? '', choice: path[1] ?? '', sequence: '1' };
      expect((await send(open.browser, open.action, fields)).path).to.equal(`/attempts/${open.attempt.id}`);
      expect(await open.steps()).to.equal(1);
    });
  });
});
