import { expect } from 'chai';
import type { Answer } from '../../../../../server/teaching/questions/answer.js';
import { optionIds } from '../../../../../server/teaching/questions/item.js';
import { DISPOSITIONS } from '../../../../../server/teaching/questions/types/decision/dispositions.js';
import { questionTypes } from '../../../../../server/teaching/questions/question-types.js';
import { quizOf } from '../../../../../server/teaching/quizzes/quiz.js';
import {
  analysedBank,
  chosenIn,
  unknownItem,
} from '../../../../../server/teaching/quizzes/item-analysis/figures/analysed-bank.js';
import {
  readResponse,
  readResult,
} from '../../../../../server/teaching/quizzes/item-analysis/stored-result.js';
import { sampleItem } from '../../../questions/samples.js';
import { course, MODULE } from '../../../../support/walk.js';
import { ownWorld } from '../../../../support/world.js';

const published = async (name: string) => {
  const { snapshot } = await course();
  const quiz = quizOf(snapshot, name);
  if (!quiz) throw new Error(`There is no quiz ${name}`);
  return quiz;
};

describe('the bank of a quiz', () => {
  ownWorld();
  it('knows every item with a version, and what blind guessing earns', async () => {
    const quiz = await published(MODULE);
    const bank = analysedBank(quiz);
    expect([...bank.keys()]).to.deep.equal(quiz.items.map(({ id }) => id));
    for (const { hash, guess, plannedSeconds, isCase } of bank.values()) {
      expect(hash).to.match(/^[0-9a-f]{12}$/);
      expect(guess.value).to.be.within(0, 0.5);
      expect(plannedSeconds).to.be.within(30, 240);
      expect(isCase).to.equal(false);
    }
  });

  it('gives another version to the same item with another word, and the same to the same', async () => {
    const quiz = await published(MODULE);
    const [first, ...others] = quiz.items;
    if (!first) throw new Error('The bank is empty');
    const hashOf = (changed: typeof first) =>
      analysedBank({ ...quiz, items: [changed, ...others] }).get(first.id)?.hash;
    const hash = hashOf(first);
    expect(hashOf({ ...first })).to.equal(hash);
    expect(hashOf({ ...first, stem: `${first.stem} ` })).to.not.equal(hash);
    expect(hashOf({ ...first, level: first.level === 'apply' ? 'analyse' : 'apply' })).to.not.equal(hash);
  });

  it('holds the case of a final', async () => {
    const quiz = await published('final');
    const [scenario] = quiz.scenarios;
    if (!scenario) return;
    const version = analysedBank(quiz).get(scenario.id);
    expect(version).to.include({ isCase: true, plannedSeconds: null });
    expect(version?.choices).to.deep.equal([]);
  });

  it('accepts an item of an unknown type', async () => {
    const quiz = await published(MODULE);
    const strange = {
      ...quiz.items[0],
      id: 'X-1',
      type: 'drawing',
    } as unknown as (typeof quiz.items)[number];
    const version = analysedBank({ ...quiz, items: [strange] }).get('X-1');
    expect(version?.guess.reason).to.equal('no-chance');
    expect(version?.choices).to.deep.equal([]);
    expect(unknownItem('gone').hash).to.equal('');
  });
});

describe('what was chosen', () => {
  ownWorld();
  it('is listed for every type with wrong choices, and for both parts of true or false', async () => {
    const { items } = await published(MODULE);
    for (const item of items) {
      const choices = questionTypes.of(item).choices(item);
      const ids = choices.map(({ id }) => id);
      if (item.type === 'single' || item.type === 'multiple') expect(ids).to.deep.equal(optionIds(item));
      else if (item.type === 'true-false') expect(ids).to.deep.equal(['true', 'false', ...optionIds(item)]);
      else if (item.type === 'decision') expect(ids).to.deep.equal([...DISPOSITIONS, ...optionIds(item)]);
      else if (item.type !== 'spot') expect(ids).to.deep.equal([]);
      if (ids.length > 0)
        expect(choices.filter(({ isRight }) => isRight).length).to.be.within(1, ids.length - 1);
    }
  });

  it('is read from the answers of all types', () => {
    const chosen = (type: string, response: Answer) =>
      chosenIn({ ...unknownItem('X'), item: sampleItem(type) }, response);
    expect(chosen('single', { choice: 'b' })).to.deep.equal(['b']);
    expect(chosen('multiple', { choice: ['a', 'c', 'a'] })).to.deep.equal(['a', 'c']);
    expect(chosen('true-false', { truth: 'false', reason: 'b' })).to.deep.equal(['false', 'b']);
    expect(chosen('ordering', { 'place-a': '2' })).to.deep.equal([]);
    expect(chosen('scenario', { path: ['a', 'b'] })).to.deep.equal([]);
    expect(chosenIn(unknownItem('gone'), { choice: 'b' })).to.deep.equal([]);
  });
});

describe('what is stored with an attempt', () => {
  ownWorld();
  it('is read as points, whatever else a type adds', () => {
    const slot = { itemId: 'FN-Q01', critical: 'never-1', points: 67 };
    const ofCase = { itemId: 'EX-S1', points: 40, judgement: 'concern', case: { steps: [1] } };
    expect(readResult(JSON.stringify([slot, ofCase]))).to.deep.equal([
      { itemId: 'FN-Q01', points: 67 },
      { itemId: 'EX-S1', points: 40 },
    ]);
  });

  it('is left out when it cannot be read', () => {
    for (const text of [null, '', 'null', '{', '{}', '[{"itemId":"A"}]', '[{"itemId":"A","points":1.5}]'])
      expect(readResult(text), String(text)).to.equal(null);
    expect(readResult('[{"itemId":"A","points":101}]')).to.equal(null);
    for (const text of ['', '[]', '{"a":1}', 'null']) expect(readResponse(text), text).to.deep.equal({});
  });
});
