import type { Confidence } from '../../../../../server/teaching/quizzes/quiz-model.js';
import { expect } from 'chai';
import type { Item } from '../../../../../server/teaching/questions/item.js';
import { linksIn, type Client } from '../../../../../server/workshop/smoke/client.js';
import { dina } from '../../../../support/people.js';
import { keep, madeUpAttempt, ownPlace, sweep } from '../../../../support/quizzes/made-up-attempts.js';
import { said } from '../../../../support/said.js';
import { plain } from '../../../../support/pages.js';
import { rightAnswer, wrongAnswer } from '../../../../support/answers.js';
import { ownWorld } from '../../../../support/world.js';

/** The page of an item and its record in the file, after groups of people answered right or wrong, with a confidence or none. */
async function answered(browser: Client, groups: readonly [number, Confidence | null, boolean][]) {
  const place = await ownPlace();
  const [item, ...others] = (place.quiz.items as readonly Item[]).filter(({ type }) => type === 'single');
  if (!item) throw new Error('The bank is too small');
  for (const [people, confidence, right] of groups)
    await keep(
      Array.from({ length: people }, () =>
        madeUpAttempt(place, {
          items: [item, ...others.slice(0, place.quiz.draw - 1)],
          answer: each => (right || each !== item ? rightAnswer(each) : wrongAnswer(each)),
          confidence: each => (each === item ? confidence : null),
        }),
      ),
    );
  const page = `/admin/statistics/${place.courseSlug}/1/${place.quiz.name}`;
  const [href = 'none'] = linksIn((await browser.get(page)).text, new RegExp(`/items/${item.id}/`));
  const file = (await browser.get(`${page}/items.csv`)).text.split('\r\n');
  return {
    words: plain((await browser.get(href)).text),
    header: file[0] ?? '',
    record: file.find(each => each.startsWith(`${item.id},`)) ?? '',
  };
}

const sure = said('statistics.said.sure');
const fairly = said('statistics.said.fairly');
const guess = said('statistics.said.guess');
const none = said('statistics.said.none');
const hidden = said('statistics.hidden');

describe('how sure people were of a question', () => {
  ownWorld();
  let browser: Client;

  before(async () => {
    ({ browser } = await dina());
  });

  after(sweep);

  it('is a table of right and not right, on the page and in the file', async () => {
    const { words, header, record } = await answered(browser, [
      [9, 'sure', true],
      [6, 'sure', false],
      [7, 'fairly', true],
      [5, 'guess', false],
      [8, null, true],
    ]);
    expect(words).to.include(
      `${said('statistics.notRight')} ${sure} 9 6 ${fairly} 7 0 ${guess} 0 5 ${none} 8 0`,
    );
    expect(header).to.match(
      /sure and right \(count; empty: hidden\),sure and not right .*,guess and not right \(count; empty: hidden\)$/,
    );
    expect(record).to.match(/,9,6,7,0,0,5$/);
  });

  it('hides what fewer than five people said, and a second count with a single one', async () => {
    const { words, record } = await answered(browser, [
      [20, 'sure', true],
      [6, 'fairly', true],
      [2, 'guess', true],
      [9, 'sure', false],
    ]);
    expect(words).to.include(`${sure} 20 9 ${fairly} ${hidden} 0 ${guess} ${hidden} 0 ${none} 0 0`);
    expect(record).to.match(/,20,9,,0,,0$/);
  });

  it('is left out where nobody said anything', async () => {
    const { words, record } = await answered(browser, [[6, null, true]]);
    expect(words).to.not.include(said('statistics.confidence'));
    expect(record).to.match(/,0,0,0,0,0,0$/);
  });
});
