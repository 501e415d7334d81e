import { expect } from 'chai';
import { translator } from '../../../../../server/platform/i18n/i18n.js';
import { savedAnswers } from '../../../../../server/teaching/quizzes/attempts/attempts.js';
import { questionValues } from '../../../../../server/teaching/quizzes/attempts/question-page.js';
import type { Item } from '../../../../../server/teaching/questions/item.js';
import { selectsIn } from '../../../../../server/workshop/smoke/client.js';
import { atRows, type RowKind } from '../../../../support/quizzes/row-items.js';
import { said, saidLike } from '../../../../support/said.js';
import { answerAll } from '../../../../support/walk.js';
import { optionsOf, rightAnswer, wrongAnswer } from '../../../../support/answers.js';
import { plain } from '../../../../support/pages.js';
import { ownWorld } from '../../../../support/world.js';

/** The first question of an attempt with these kinds. */
async function atQuestion(kinds: readonly RowKind[], changes: Partial<Item> = {}) {
  const ready = await atRows(kinds, changes);
  const [item] = ready.items;
  const page = `/attempts/${ready.attempt.id}/questions/1`;
  const { text } = await ready.browser.get(page);
  return { ...ready, item: item as Item, page, action: `/attempts/${ready.attempt.id}/answers/1`, text };
}

/** What is chosen in the selects of a page. */
const chosenOn = (html: string) =>
  Object.fromEntries(
    html
      .split('<select')
      .slice(1)
      .flatMap(select => {
        const name = /name="([^"]*)"/.exec(select)?.[1] ?? '';
        const value = /<option value="([^"]*)" selected/.exec(select)?.[1];
        return value === undefined ? [] : [[name, value]];
      }),
  );

describe('answering an ordering or a matching question', () => {
  ownWorld();
  for (const kind of ['ordering', 'matching'] as const) {
    describe(kind, () => {
      it('shows every option and a blank select for each row, and nothing of the key', async () => {
        const { text, item } = await atQuestion([kind]);
        const words = plain(text);
        for (const option of optionsOf(item)) {
          expect(words).to.include(plain(option.text));
          expect(words).to.not.include(plain(option.feedback));
        }
        const selects = selectsIn(text);
        expect(selects.map(({ name }) => name)).to.have.members(Object.keys(rightAnswer(item)));
        for (const { values } of selects) expect(values[0]).to.equal('');
        expect(chosenOn(text)).to.deep.equal({});
        expect(text).to.not.include(item.id);
      });

      it('is the same page whatever the key and the feedback are', async () => {
        const { attempt, quiz } = await atQuestion([kind]);
        const [asked] = attempt.form;
        const turned = {
          ...quiz,
          items: quiz.items.map(item => (item.id === asked?.itemId ? turn(item) : item)),
        };
        const t = translator('en');
        expect(questionValues(attempt, turned, [], 1, t)).to.deep.equal(
          questionValues(attempt, quiz, [], 1, t),
        );
      });

      it('is kept before the reply, leads on, and is there again', async () => {
        const { browser, attempt, item, action, page } = await atQuestion([kind]);
        const next = await browser.submit(action, rightAnswer(item));
        expect(next.path).to.equal(`/attempts/${attempt.id}/review`);
        expect((await savedAnswers(attempt.id)).map(({ response }) => response)).to.deep.equal([
          rightAnswer(item),
        ]);
        expect(chosenOn((await browser.get(page)).text)).to.deep.equal(rightAnswer(item));
      });

      it('asks for an answer when nothing is chosen, and keeps none', async () => {
        const { browser, attempt, action, item, text } = await atQuestion([kind]);
        const page = await browser.submit(action, blank(item));
        expect(page.status).to.equal(422);
        expect(plain(page.text)).to.include(said(`question.lack.${kind}`));
        expect(linkOfError(page.text)).to.equal(selectsIn(text)[0]?.name);
        expect(await savedAnswers(attempt.id)).to.deep.equal([]);
      });

      it('keeps half an answer, and leads to the first row that is open', async () => {
        const { browser, attempt, action, item, text } = await atQuestion([kind]);
        const [first = '', second = ''] = selectsIn(text).map(({ name }) => name);
        const half = { [first]: String(rightAnswer(item)[first]) };
        const page = await browser.submit(action, { ...blank(item), ...half });
        expect(page.status).to.equal(422);
        expect(plain(page.text)).to.include(said(`question.lack.${kind}Kept`));
        expect(linkOfError(page.text)).to.equal(second);
        expect(chosenOn(page.text)).to.deep.equal(half);
        expect((await savedAnswers(attempt.id)).map(({ response }) => response)).to.deep.equal([half]);
        expect(page.text.split('aria-invalid').length - 1).to.equal(selectsIn(text).length - 1);
      });

      it('reports a value that is chosen twice, with both rows marked and everything kept on the page', async () => {
        const { browser, action, item, text } = await atQuestion([kind]);
        const [first = '', second = ''] = selectsIn(text).map(({ name }) => name);
        const right = rightAnswer(item);
        const twice = { ...right, [second]: String(right[first]) };
        const page = await browser.submit(action, twice);
        expect(page.status).to.equal(422);
        expect(plain(page.text).split(said('question.twice')).length - 1).to.equal(2);
        expect(linkOfError(page.text)).to.equal(first);
        expect(chosenOn(page.text)).to.deep.equal(twice);
        expect((await browser.submit(action, right)).path).to.include('/review');
      });

      it('shows a stale tab what was chosen in it', async () => {
        const { browser, action, item } = await atQuestion([kind]);
        const old = browser.last;
        await browser.submit(action, rightAnswer(item));
        browser.last = old;
        const page = await browser.submit(action, wrongAnswer(item));
        expect(page.status).to.equal(409);
        const { text = '' } = optionsOf(item)[0] ?? {};
        const [told = ''] = saidLike('question.staleYours', { answer: /.*/ }).exec(plain(page.text)) ?? [];
        expect(told).to.include(plain(text));
        expect(chosenOn(page.text)).to.deep.equal(rightAnswer(item));
      });

      it('refuses what no page of ours sends, and keeps nothing', async () => {
        const { browser, attempt, action, item } = await atQuestion([kind]);
        const right = rightAnswer(item) as Record<string, string>;
        const [name = ''] = Object.keys(right);
        const beginning = name.slice(0, 6);
        for (const fields of [
          { ...right, [name]: ['1', '2', 'a', 'b'] },
          { ...right, [name]: '1e999' },
          { ...right, [name]: '__proto__' },
          { ...right, [`${beginning}z`]: right[name] ?? '' },
          { [`${name}[]`]: '1' },
          { choice: 'a' },
        ]) {
          expect((await browser.submit(action, fields)).status, JSON.stringify(fields)).to.equal(422);
          expect(await savedAnswers(attempt.id)).to.deep.equal([]);
        }
      });
    });
  }

  it('says on the page how it is scored', async () => {
    const words = async (kind: RowKind, changes: Partial<Item>) =>
      plain((await atQuestion([kind], changes)).text);
    const last = 4;
    expect(await words('ordering', {})).to.include(said('question.order', { last }));
    expect(await words('ordering', { critical: 'never-2' })).to.include(said('question.orderAll', { last }));
    expect(await words('matching', {})).to.include(said('question.match'));
    expect(await words('matching', { critical: 'never-2' })).to.include(said('question.matchAll'));
  });

  it('is explained after a pass: the right order and pairs, what was given, and every feedback', async () => {
    const { browser, attempt, quiz, items } = await atRows(['ordering', 'matching']);
    const response = (item: Item) =>
      item.type === 'matching' ? rightAnswer(item) : { ...rightAnswer(item), 'place-c': '2', 'place-a': '1' };
    await answerAll(attempt, quiz, response);
    await browser.get(`/attempts/${attempt.id}/review`);
    const words = plain((await browser.submit(`/attempts/${attempt.id}/submission`)).text);
    expect(words).to.include(said('result.scored', { right: 1, count: 2 }));
    const place = (n: number) => said('result.place', { place: n });
    const textOf = (id: string) =>
      plain(optionsOf(items[0] as Item).find(option => option.id === id)?.text ?? '');
    const isRight = `${said('result.yours')} ${said('components.right')}`;
    const wasElsewhere = said('result.instead', { answer: place(2) });
    expect(words).to.include(`${place(1)} ${textOf('c')} ${wasElsewhere}`);
    expect(words).to.include(`${place(4)} ${textOf('b')} ${isRight}`);
    expect(words).to.include(`Time 14:52 ${isRight}`);
    for (const { text, feedback } of items.flatMap(optionsOf)) {
      expect(words).to.include(plain(text));
      expect(words).to.include(plain(feedback));
    }
  });
});

const blank = (item: Item) => Object.fromEntries(Object.keys(rightAnswer(item)).map(name => [name, '']));

const linkOfError = (html: string) => /<div class="summary"[\s\S]*?href="#([^"]*)"/.exec(html)?.[1];

/** The same question with another key and other feedback. */
function turn(item: Item): Item {
  const { key } = item as Item & { key: string[] };
  return {
    ...item,
    key: key.toReversed(),
    options: optionsOf(item).map(o => ({ ...o, feedback: 'x' })),
  } as Item;
}
