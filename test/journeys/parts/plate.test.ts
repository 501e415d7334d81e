import { expect } from 'chai';
import { savedAnswers } from '../../../server/teaching/quizzes/attempts/attempts.js';
import { signedIn } from '../../support/people.js';
import { attemptWith, enrolled, quizIn, readLessons } from '../../support/walk.js';
import { visit } from '../browsing/visit.js';
import { ownWorld } from '../../support/world.js';

/** The boxes in the list below the drawing are the answer; the drawing only mirrors them. */
describe('a plate of a question', () => {
  ownWorld();

  for (const javaScriptEnabled of [true, false]) {
    it(`keeps what is marked in its list ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
      const { page, box, stored, close } = await atPlate({ javaScriptEnabled });
      await box(3).check();
      await page.locator('main form button:not([formaction])').last().click();
      await page.waitForURL('**/review');
      expect(await stored()).to.deep.equal([{ mark: ['which'] }]);
      await close();
    });
  }

  it('marks a part, and takes the mark back, at a tap on its number', async () => {
    const { number, box, isFilled, close } = await atPlate({});
    await number(3).click();
    expect(await box(3).isChecked()).to.equal(true);
    expect(await isFilled(3)).to.equal(true);
    expect(await isFilled(2)).to.equal(false);
    await number(3).click();
    expect(await box(3).isChecked()).to.equal(false);
    expect(await isFilled(3)).to.equal(false);
    await box(5).check();
    expect(await isFilled(5)).to.equal(true);
    await close();
  });
});

/** A learner before a question with a plate of five parts. */
async function atPlate(options: Parameters<typeof visit>[1]) {
  const learner = await signedIn();
  const cycle = await enrolled(learner);
  await readLessons(cycle, 'trafficking-routes');
  const quiz = await quizIn(cycle, 'trafficking-routes');
  const items = quiz.items.filter(({ id }) => id === 'M2-113');
  expect(items).to.have.length(1);
  const attempt = await attemptWith(cycle, quiz, items);
  const { page, close } = await visit(learner.browser, options);
  await page.goto(`/attempts/${attempt.id}/questions/1`);
  const number = (part: number) => page.locator(`[data-numbered="${part}"]`);
  return {
    ...{ page, close, number },
    box: (part: number) =>
      page
        .locator('[data-exhibit=plate] li')
        .nth(part - 1)
        .locator('input'),
    isFilled: async (part: number) => /\bis-marked\b/.test((await number(part).getAttribute('class')) ?? ''),
    stored: async () => (await savedAnswers(attempt.id)).map(({ response }) => response),
  };
}
