import { expect } from 'chai';
import { forgetCatalogue } from '../../../../server/courses/catalogue.js';
import type { Item } from '../../../../server/questions/item.js';
import { linksIn, type Client } from '../../../../server/smoke/client.js';
import { ada, dina, signedIn } from '../../../support/people.js';
import {
  keep,
  madeUpAttempt,
  ownPlace,
  sweep,
  type Place,
} from '../../../support/quizzes/made-up-attempts.js';
import { appoint, optionsOf, otherOrganisation, plain, rightAnswer, write } from '../../../support/walk.js';
import { ownWorld } from '../../../support/world.js';

const QUIZ = 'see-respond-report';
const coursePage = ({ courseSlug }: Place) => `/admin/signals/${courseSlug}`;

/** A question that can be answered either way, and its option that judges so. */
function found(place: Place, judgement: Item['judgement'], judges: string) {
  const items = (place.quiz.items as readonly Item[]).filter(
    item => item.type === 'single' && item.judgement === judgement,
  );
  const item = items.find(each => optionsOf(each).some(option => option.judges === judges));
  const option = item && optionsOf(item).find(each => each.judges === judges);
  if (!item || !option) throw new Error('The bank has no such question');
  return { item, choice: option.id };
}

/** Twenty people: six of them miss the concern, seven go by looks where there is none. */
async function judgedBy(place: Place, people = 20): Promise<void> {
  const [missed, byLooks] = [found(place, 'concern', 'no-concern'), found(place, 'no-concern', 'appearance')];
  await keep(
    Array.from({ length: people }, (_, n) =>
      madeUpAttempt(place, {
        items: [
          missed.item,
          byLooks.item,
          ...place.quiz.items.filter(({ type }) => type === 'ordering'),
        ].slice(0, place.quiz.draw),
        answer: item => {
          if (item === missed.item && n < 6) return { choice: missed.choice };
          if (item === byLooks.item && n < 7) return { choice: byLooks.choice };
          return rightAnswer(item);
        },
      }),
    ),
  );
}

const filled = async (people = 20): Promise<Place> => {
  const place = await ownPlace({ quiz: QUIZ });
  await judgedBy(place, people);
  return place;
};

describe('concerns and false alarms', () => {
  ownWorld();
  let browser: Client;

  before(async () => {
    ({ browser } = await dina());
  });

  after(sweep);

  it('lists the courses that were taken, under the statistics', async () => {
    const place = await filled(5);
    expect(linksIn((await browser.get('/admin/statistics')).text, /^\/admin\/signals$/)).to.have.length(1);
    const { text } = await browser.get('/admin/signals');
    expect(text).to.include(`href="${coursePage(place)}"`);
  });

  it('says of a course that nobody took a quiz of that there is nothing yet, and gives an empty file', async () => {
    const place = await ownPlace({ quiz: QUIZ });
    forgetCatalogue();
    const page = await browser.get(coursePage(place));
    expect(page.status).to.equal(200);
    expect(plain(page.text)).to.include('No quiz of this course has been handed in yet.');
    expect(page.text).to.not.include('<table').and.not.include('signals.csv');
    const { text } = await browser.get(`${coursePage(place)}/signals.csv`);
    expect(text.trimEnd().split('\r\n')).to.have.length(1);
  });

  it('calls a quiz that newer versions dropped by the name that it had', async () => {
    const place = await filled();
    const newer = await ownPlace({
      slug: place.courseSlug,
      number: 2,
      change: text =>
        text.replaceAll(`"${QUIZ}"`, '"see-and-tell"').replaceAll('See, respond, report', 'See and tell'),
    });
    await keep([madeUpAttempt(newer)]);
    expect(plain((await browser.get(coursePage(place))).text)).to.match(/See, respond, report 20 /i);
  });

  it('is for administrators and managers alone, and 404 for a course that does not exist', async () => {
    const place = await filled(5);
    const learner = (await ada()).browser;
    for (const path of ['/admin/signals', coursePage(place), `${coursePage(place)}/signals.csv`])
      expect((await learner.get(path)).status, path).to.equal(404);
    for (const slug of ['nonsense', '__proto__', '%00', "'--"])
      expect((await browser.get(`/admin/signals/${slug}`)).status, slug).to.equal(404);
  });

  it('shows managers those of their own people, and administrators those of one organisation', async () => {
    const everybody = await filled(20);
    const place = { ...everybody, organisation: await otherOrganisation() };
    await judgedBy(place, 8);
    const [ben, other] = [await signedIn(), await signedIn()];
    await appoint(ben, 'manager', place.organisation);
    await appoint(other, 'manager', await otherOrganisation());
    const page = `${coursePage(place)}?organisation=${place.organisation}`;
    const file = page.replace('?', '/signals.csv?');
    for (const path of [page, coursePage(place)])
      expect(plain((await ben.browser.get(path)).text), path).to.match(/See, respond, report 8 /i);
    expect((await ben.browser.get(file)).text).to.include(`${QUIZ},8,`);
    expect((await ben.browser.get('/admin/signals')).text).to.include(`href="${page}"`);
    expect(plain((await browser.get(coursePage(place))).text)).to.match(/See, respond, report 28 /i);
    expect(plain((await browser.get(page)).text)).to.match(/See, respond, report 8 /i);
    for (const path of [page, file]) expect((await other.browser.get(path)).status, path).to.equal(404);
    forgetCatalogue();
    const own = await other.browser.get(coursePage(place));
    expect(plain(own.text))
      .to.include('No quiz of this course')
      .and.not.match(/See, respond, report/i);
    const open = `${coursePage(place)}?organisation=${everybody.organisation}`;
    expect((await ben.browser.get(open)).status).to.equal(404);
  });

  it('shows counts, rates with their range, and a plot that says the same', async () => {
    const { text } = await browser.get(coursePage(await filled()));
    const words = plain(text);
    // Attempts, right step, another step, missed; left in peace, false alarm; by looks.
    expect(words).to.match(/See, respond, report 20 14 0 6 13 7 7/i);
    expect(words).to.include('30% (15% to 52%)').and.include('35% (18% to 57%)');
    expect(text).to.match(/<svg[^>]*aria-label="[^"]*missed 30% \(15% to 52%\), false alarms 35%/i);
  });

  it('hides what fewer than five people did, and all of a quiz that fewer took', async () => {
    const place = await filled(4);
    const few = plain((await browser.get(coursePage(place))).text);
    expect(few).to.include('Fewer than 5 people').and.include('No picture is drawn');
    await judgedBy(place, 3);
    const words = plain((await browser.get(coursePage(place))).text);
    expect(words).to.not.match(/NaN|undefined|Infinity/);
  });

  it('gives the same as a file with units', async () => {
    const place = await filled();
    const { text, headers } = await browser.get(`${coursePage(place)}/signals.csv`);
    expect(headers.get('content-type')).to.equal('text/csv; charset=utf-8; header=present');
    const [header, line, ...rest] = text.trimEnd().split('\r\n');
    expect(header).to.match(/^quiz,first attempts/);
    expect(line).to.match(new RegExp(`^${QUIZ},20,0,14,0,6,0,13,7,0,7,0.3,0.1455,0.519,0.35,0.1812,0.5671$`));
    expect(rest).to.deep.equal([]);
  });

  it('leaves out what was handed in before there were codes, and says so', async () => {
    const place = await filled();
    await keep([madeUpAttempt(place, { answer: () => null })]);
    await write(
      `update attempts set result = '[{"itemId":"x","critical":false,"points":0}]'
       where id = (select id from attempts where course_version_id = $1 order by id limit 1)`,
      [place.versionId],
    );
    expect(plain((await browser.get(coursePage(place))).text)).to.include('1 first attempt is left out');
  });

  it('takes first attempts of first rounds, of all versions of the course', async () => {
    const place = await filled();
    const second = await ownPlace({ slug: place.courseSlug, number: 2, quiz: QUIZ });
    await judgedBy(second);
    const again = madeUpAttempt(place);
    await keep([
      again,
      madeUpAttempt(place, { by: again, number: 2 }),
      madeUpAttempt(place, { by: again, round: 2 }),
    ]);
    const words = plain((await browser.get(coursePage(place))).text);
    expect(words).to.match(/See, respond, report 41 /i);
  });
});
