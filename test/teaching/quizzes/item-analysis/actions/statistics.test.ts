import { expect } from 'chai';
import type { Item } from '../../../../../server/teaching/questions/item.js';
import { linksIn, type Client } from '../../../../../server/workshop/smoke/client.js';
import { ada, dina } from '../../../../support/people.js';
import {
  keep,
  madeUpAttempt,
  ownPlace,
  sweep,
  type Place,
  type Wishes,
} from '../../../../support/quizzes/made-up-attempts.js';
import { course } from '../../../../support/walk.js';
import { optionsOf, rightAnswer, wrongAnswer } from '../../../../support/answers.js';
import { plain } from '../../../../support/pages.js';
import { said } from '../../../../support/said.js';
import { ownWorld } from '../../../../support/world.js';

const quizPage = ({ courseSlug, quiz }: Place, version: number | 'all' = 1) =>
  `/admin/statistics/${courseSlug}/${version}/${quiz.name}`;

/** So many people, each with what `wishes` says. */
const crowd = (place: Place, count: number, wishes: (n: number) => Wishes = () => ({})) =>
  keep(Array.from({ length: count }, (_, n) => madeUpAttempt(place, wishes(n))));

/** A figure of a quiz of three questions, as its page shows it. */
const ofThree = (figure: string, value: number) =>
  `${said(`statistics.${figure}`)} ${said('statistics.ofQuestions', { value, count: 3 })}`;

const measure = (key: string, value: string) => `${said(`statistics.measure.${key}`)} ${value}`;
const seconds = (count: number) => said('statistics.seconds', { count });
const third = (key: string, value: string) => `${said(`statistics.third.${key}`)} ${value}`;
const notDefined = (reason: string) =>
  said('statistics.notDefined', { reason: said(`statistics.reason.${reason}`) });

/** Three single choices of the bank. */
function three(place: Place): [Item, Item, Item] {
  const [a, b, c] = place.quiz.items.filter(({ type }) => type === 'single');
  if (!a || !b || !c) throw new Error('The bank is too small');
  return [a, b, c];
}

const href = async (browser: Client, page: string, item: Item) =>
  linksIn((await browser.get(page)).text, new RegExp(`/items/${item.id}/`))[0] ?? 'none';

describe('question statistics', () => {
  ownWorld();
  let browser: Client;

  before(async () => {
    ({ browser } = await dina());
  });

  after(sweep);

  it('list every quiz that was taken, and tell no number below five', async () => {
    const [large, small] = [await ownPlace(), await ownPlace({ quiz: 'trafficking-routes' })];
    await crowd(large, 6);
    await crowd(small, 4);
    const { text } = await browser.get('/admin/statistics');
    expect(text)
      .to.include(`href="${quizPage(large)}"`)
      .and.not.include(quizPage(small));
    expect(plain(text))
      .to.match(/ 1 6 /)
      .and.include(` 1 ${said('statistics.fewer', { count: 5 })} `);
  });

  it('keep the name of a quiz that newer versions dropped', async () => {
    const place = await ownPlace({ quiz: 'trafficking-routes' });
    const newer = await ownPlace({
      slug: place.courseSlug,
      number: 2,
      change: text =>
        text.replaceAll('"trafficking-routes"', '"routes-anew"').replaceAll(place.quiz.title, 'Another name'),
    });
    await crowd(place, 6);
    await crowd(newer, 6);
    const { text } = await browser.get('/admin/statistics');
    expect(text).to.match(new RegExp(`href="${quizPage(place)}"[^>]*>${place.quiz.title}</a>`));
    expect(plain((await browser.get(quizPage(place, 'all'))).text)).to.include(`${place.quiz.title} · `);
  });

  it('return 404 to learners', async () => {
    const place = await ownPlace();
    const learner = await ada();
    for (const path of ['/admin/statistics', quizPage(place), `${quizPage(place)}/items.csv`])
      expect((await learner.browser.get(path)).status, path).to.equal(404);
  });

  it('return 404 for a course, a version, a quiz or a question that does not exist', async () => {
    const place = await ownPlace();
    await crowd(place, 6);
    const page = quizPage(place);
    const [item] = place.quiz.items;
    const missing = [
      page.replace(place.courseSlug, 'nothing'),
      page.replace(place.courseSlug, '%00'),
      quizPage(place).replace('/1/', '/2/'),
      quizPage(place).replace('/1/', '/01/'),
      quizPage(place).replace('/1/', '/-1/'),
      `${page}x`,
      `${page}/items/X-1/unknown`,
      `${page}/items/${item?.id}/000000000000`,
      `${page}/items/%00/unknown`,
    ];
    for (const path of missing) expect((await browser.get(path)).status, path).to.equal(404);
  });

  it('show nothing of a quiz that fewer than five people took, on the page or in the files', async () => {
    const place = await ownPlace();
    const items = three(place);
    await crowd(place, 4, () => ({ items, answer: wrongAnswer }));
    const words = plain((await browser.get(quizPage(place))).text);
    expect(words).to.include(said('statistics.small')).and.not.include('%');
    for (const file of ['items.csv', 'choices.csv']) {
      const { text } = await browser.get(`${quizPage(place)}/${file}`);
      expect(text.trim().split('\r\n')).to.have.length(1);
    }
    expect((await browser.get(`${quizPage(place)}?attempts=all`)).text).to.not.include(items[0].id);
  });

  it('show the figures of a quiz, of first or of all attempts', async () => {
    const place = await ownPlace();
    const items = three(place);
    const rightUpTo = (n: number) => (item: Item, at: number) =>
      at < n % 4 ? rightAnswer(item) : wrongAnswer(item);
    const first = Array.from({ length: 40 }, (_, n) => madeUpAttempt(place, { items, answer: rightUpTo(n) }));
    const again = first.map(by => madeUpAttempt(place, { items, by, number: 2, answer: rightAnswer }));
    await keep([...first, ...again]);
    const words = plain((await browser.get(quizPage(place))).text);
    // 0, 1, 2 or 3 right, ten people each: mean 1.5, variance 50 / 39, Σpq 0.75 × 0.25 + 0.25 + 0.25 × 0.75 = 0.625.
    expect(words)
      .to.include(`${said('statistics.attempts')} 40`)
      .and.include(ofThree('mean', 1.5));
    expect(words).to.include(ofThree('deviation', Math.sqrt(50 / 39)));
    const kr20 = (3 / 2) * (1 - 0.625 / 1.25);
    expect(words).to.include(`${said('statistics.reliability.kr20')} ${kr20.toFixed(2)}`);
    expect(words).to.include(ofThree('standardError', Math.sqrt((50 / 39) * (1 - kr20))));
    const all = plain((await browser.get(`${quizPage(place)}?attempts=all`)).text);
    expect(all)
      .to.include(`${said('statistics.attempts')} 80`)
      .and.include(ofThree('mean', 2.25));
    expect(all).to.include(said('statistics.allWarning'));
  });

  it('show one question with its flags, its plots in words, and tables', async () => {
    const place = await ownPlace();
    const items = three(place);
    const [easy, against, other] = items;
    // Everybody is right on the first; the second is missed by just those who are right on the third.
    const answer = (n: number) => (item: Item) => {
      if (item === easy) return rightAnswer(item);
      return (n % 2 === 0) === (item === other) ? rightAnswer(item) : wrongAnswer(item);
    };
    await crowd(place, 60, n => ({ items, answer: answer(n), seconds: 200 }));
    const list = plain((await browser.get(quizPage(place))).text);
    const flags = ['easy', 'slow', 'dead'].map(flag => said(`statistics.flag.${flag}`));
    expect(list).to.include(`${flags.join(', ')}: `);
    const page = await browser.get(await href(browser, quizPage(place), against));
    const words = plain(page.text);
    expect(words).to.include(against.stem.replace(/\s+/g, ' ').trim());
    const objectives = (await course()).snapshot.modules.flatMap(module => module.objectives);
    const { text = '?' } = objectives.find(({ id }) => id === against.objective) ?? {};
    expect(words).to.include(plain(`${text} (${against.objective})`));
    expect(words)
      .to.include(said('statistics.flag.negative'))
      .and.include(measure('discrimination', '−1.00'));
    expect(words)
      .to.include(measure('facility', '50%'))
      .and.include(measure('median', seconds(200)));
    const middle = third('middle', notDefined('no-thirds'));
    expect(words).to.include(`${third('lower', '100%')} ${middle} ${third('upper', '0%')}`);
    const plots = [...page.text.matchAll(/<svg[^>]* role="img" aria-label="([^"]*)"/g)].map(
      ([, label]) => label,
    );
    expect(plots).to.have.length(2);
    expect(plots[0]).to.include(`${said('statistics.third.lower')}: 100%`);
    const name = String((rightAnswer(against) as { choice: string }).choice);
    expect(plots[1]).to.include(said('statistics.choiceInWords', { name, upper: '0%', lower: '100%' }));
    const wrong = String((wrongAnswer(against) as { choice: string }).choice);
    expect(words).to.include(`${wrong} 30 (50%) 0% 100%`);
  });

  it('mark figures of fewer than thirty answers, and raise no flag from them', async () => {
    const place = await ownPlace();
    const items = three(place);
    await crowd(place, 29, () => ({ items, answer: rightAnswer, seconds: 900 }));
    const { text } = await browser.get(quizPage(place));
    const table = text.slice(text.indexOf('<tbody'), text.indexOf('</tbody'));
    expect(table.match(/<tr class="soft">/g)).to.have.length(3);
    expect(plain(table)).to.include(said('statistics.unsure')).and.not.include(said('statistics.flag.easy'));
    const page = plain((await browser.get(await href(browser, quizPage(place), items[0]))).text);
    expect(page)
      .to.include(said('statistics.unsureText', { count: 30 }))
      .and.not.include(said('statistics.flag.easy'));
    expect(page).to.include(measure('facility', '100%')).and.include(notDefined('no-spread'));
  });

  it('hide counts of fewer than five people, and the next smallest with a single one', async () => {
    const place = await ownPlace();
    const [item, other] = three(place);
    const { key } = item as Item & { key: string[] };
    const hidden = said('statistics.hidden');
    const [second = '', last = ''] = optionsOf(item).flatMap(({ id }) => (key.includes(id) ? [] : id));
    const choice = (n: number) => (n < 3 ? second : n < 13 ? last : (key[0] ?? ''));
    await crowd(place, 50, n => ({
      items: [item, other],
      answer: each => (each === item ? { choice: choice(n) } : rightAnswer(each)),
    }));
    const words = plain((await browser.get(await href(browser, quizPage(place), item))).text);
    expect(words).to.include(`${said('statistics.rightChoice', { name: String(key[0]) })} 37 (74%)`);
    expect(words).to.include(`${second} ${hidden}`).and.include(`${last} ${hidden}`);
    const { text } = await browser.get(`${quizPage(place)}/choices.csv`);
    expect(text).to.match(new RegExp(`${item.id},\\w+,${last},no,,50,,,`));
    expect(text).to.match(new RegExp(`${item.id},\\w+,${key[0]},yes,37,50,0.74,,`));
  });

  it('call a third hidden, and not undefined, whose mean would tell a hidden count', async () => {
    const place = await ownPlace();
    const [item, other] = three(place);
    await crowd(place, 50, n => ({
      items: [item, other],
      // Who has the other one right has this one wrong twice: two are fewer than five.
      answer: each => {
        const isRight = each === other ? n % 2 > 0 : n % 2 > 0 ? n > 4 : n % 4 > 0;
        return isRight ? rightAnswer(each) : wrongAnswer(each);
      },
    }));
    const words = plain((await browser.get(await href(browser, quizPage(place), item))).text);
    expect(words).to.include(third('lower', said('statistics.reason.tells-hidden')));
    expect(words).to.include(said('statistics.nothingToDraw'));
  });

  it('send the figures as a file with units, and turn no text into a formula', async () => {
    const place = await ownPlace({
      change: text => text.replaceAll(/"objective":"[^"]*"/g, '"objective":"=1+1"'),
    });
    const items = three(place);
    await crowd(place, 40, n => ({ items, answer: item => (n % 4 ? rightAnswer(item) : wrongAnswer(item)) }));
    const answer = await browser.get(`${quizPage(place)}/items.csv`);
    expect(answer.headers.get('content-type')).to.equal('text/csv; charset=utf-8; header=present');
    expect(answer.headers.get('content-disposition')).to.match(/^attachment; filename="[\w.-]+\.csv"$/);
    const [header = '', ...records] = answer.text.trim().split('\r\n');
    expect(header).to.include('facility (share of points, 0 to 1)').and.include('median time (s)');
    expect(records).to.have.length(3);
    const record = records.find(line => line.startsWith(`${items[0].id},`))?.split(',') ?? [];
    expect(record.slice(2, 7)).to.deep.equal(['single', "'=1+1", '40', '0', '0.75']);
    expect(answer.text).to.not.match(/NaN|Infinity|null|undefined/);
  });

  it('count versions apart or together', async () => {
    const one = await ownPlace();
    const items = three(one);
    const two = await ownPlace({
      slug: one.courseSlug,
      number: 2,
      change: text => text.replace(JSON.stringify(items[0].stem), '"Another question?"'),
    });
    await crowd(one, 6, () => ({ items }));
    await crowd(two, 7, () => ({ items }));
    expect(plain((await browser.get(quizPage(one, 1))).text)).to.include(`${said('statistics.attempts')} 6`);
    const both = await browser.get(quizPage(one, 'all'));
    expect(plain(both.text)).to.include(`${said('statistics.attempts')} 13`);
    expect(new Set(linksIn(both.text, new RegExp(`/items/${items[0].id}/`))).size).to.equal(2);
    expect(new Set(linksIn(both.text, new RegExp(`/items/${items[1].id}/`))).size).to.equal(1);
    expect(plain(both.text)).to.include(said('statistics.reliability.drawn'));
    expect(linksIn(both.text, /\/2\/|\/1\//)).to.include.members([
      quizPage(one, 1),
      quizPage(one, 1).replace('/1/', '/2/'),
    ]);
  });

  it('never show NaN, however little there is', async () => {
    const place = await ownPlace();
    const [item, other] = three(place);
    await crowd(place, 5, () => ({ items: [item, other], answer: () => null }));
    const pages = [quizPage(place), await href(browser, quizPage(place), item)];
    for (const path of pages) {
      const { status, text } = await browser.get(path);
      expect(status, path).to.equal(200);
      expect(plain(text)).to.not.match(/NaN|Infinity|undefined|null/);
    }
    expect(plain((await browser.get(pages[1] ?? '')).text)).to.include(notDefined('no-times'));
  });
});
