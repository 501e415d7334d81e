import { expect } from 'chai';
import type { Item } from '../../../../../server/teaching/questions/item.js';
import { linksIn } from '../../../../../server/workshop/smoke/client.js';
import { under } from '../../../../support/quizzes/policies.js';
import { said } from '../../../../support/said.js';
import { optionsOf, rightAnswer, wrongAnswer } from '../../../../support/answers.js';
import { plain } from '../../../../support/pages.js';
import { takeQuiz } from '../../../../support/walk.js';
import { ownWorld } from '../../../../support/world.js';

describe('feedback on a quiz', () => {
  ownWorld();
  it('after a fail names objectives alone: no key and no feedback on an option, on any page that follows', async () => {
    for (const feedback of ['after-pass', 'objectives-only'] as const) {
      const { browser, cycle, quiz, start } = await under({ feedback });
      const { id, form } = await takeQuiz(cycle, quiz.name, wrongAnswer);
      const items = quiz.items.filter(item => form.some(({ itemId }) => itemId === item.id));
      const secrets = items.flatMap(item => [asked(item), ...optionsOf(item).map(option => option.feedback)]);
      const result = await browser.get(`/attempts/${id}`);
      const onward = linksIn(result.text, /^\/(attempts|learning)\//).map(to => to.split('#')[0] ?? '');
      const pages = [
        `/attempts/${id}`,
        start,
        `/attempts/${id}/questions/1`,
        `/attempts/${id}/review`,
        ...onward,
      ];
      const rules = linksIn((await browser.get(`/attempts/${id}/remediation`)).text, /(?:never|always)-\d$/);
      for (const path of new Set([...pages, ...rules])) {
        const words = plain((await browser.get(path)).text);
        for (const secret of secrets) expect(words, path).to.not.include(plain(secret));
      }
      expect(plain(result.text)).to.include(said('result.readThen'));
    }
  });

  it('after a pass explains each option, unless the course keeps that for itself', async () => {
    for (const feedback of ['after-pass', 'objectives-only'] as const) {
      const { browser, cycle, quiz } = await under({ feedback });
      const { id, form } = await takeQuiz(cycle, quiz.name, rightAnswer);
      const [first = expect.fail('no question was drawn')] = quiz.items
        .filter(each => each.id === form[0]?.itemId)
        .map(asked);
      const words = plain((await browser.get(`/attempts/${id}`)).text);
      expect(words).to.include(said('result.passedModule'));
      expect(words.includes(plain(first)), feedback).to.equal(feedback === 'after-pass');
    }
  });

  it('after a pass with a mistake names what is worth reading again', async () => {
    const { browser, cycle, quiz } = await under({ feedback: 'objectives-only' });
    let wrong = 0;
    const { id } = await takeQuiz(cycle, quiz.name, item =>
      item.critical === false && wrong++ === 0 ? wrongAnswer(item) : rightAnswer(item),
    );
    const words = plain((await browser.get(`/attempts/${id}`)).text);
    expect(words).to.include(said('result.passedModule'));
    expect(words.includes(said('result.worthReading'))).to.equal(wrong > 0);
  });
});

/** What tells a question from every other: its story, where several ask for the same. */
const asked = (item: Item): string => ('story' in item ? String(item.story) : item.stem);
