import { expect } from 'chai';
import { forgetCatalogue } from '../../../../../server/teaching/courses/catalogue.js';
import type { CourseSnapshot } from '../../../../../server/teaching/content/snapshot.js';
import type { Answer } from '../../../../../server/teaching/questions/answer.js';
import type { Item } from '../../../../../server/teaching/questions/item.js';
import type { Disposition } from '../../../../../server/teaching/questions/types/decision/dispositions.js';
import { sensitivity } from '../../../../../server/teaching/quizzes/item-analysis/signals/sensitivity.js';
import { sampleDecision, sampleItem } from '../../../questions/samples.js';
import { linksIn, type Client } from '../../../../../server/workshop/smoke/client.js';
import { ada, dina, signedIn } from '../../../../support/people.js';
import {
  giveResult,
  keep,
  madeUpAttempt,
  ownPlace,
  sweep,
  type MadeUp,
  type Place,
} from '../../../../support/quizzes/made-up-attempts.js';
import { appoint, otherOrganisation } from '../../../../support/roles.js';
import { optionsOf, rightAnswer } from '../../../../support/answers.js';
import { plain } from '../../../../support/pages.js';
import { write } from '../../../../support/rows.js';
import { said } from '../../../../support/said.js';
import { ownWorld } from '../../../../support/world.js';

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
        items: [missed.item, byLooks.item],
        answer: item => {
          if (item === missed.item && n < 6) return { choice: missed.choice };
          if (item === byLooks.item && n < 7) return { choice: byLooks.choice };
          return rightAnswer(item);
        },
      }),
    ),
  );
}

const decisionOf = (key: Disposition, at: number) => ({
  ...sampleItem('decision', sampleDecision(key)),
  id: `M7-${key === 'tell' ? 8 : 9}0${at}`,
});
const PLACES = [0, 1, 2, 3, 4];
const DECISIONS = PLACES.flatMap(at => [decisionOf('tell', at), decisionOf('carry-on', at)]);

/**
 * A course whose quiz asks for ten decisions, five to tell. Six people only noted the first, seven told the second without
 * need, and the first person noted the fourth, too.
 */
async function decidedBy(people: number): Promise<{ place: Place; first: MadeUp | undefined }> {
  const withDecisions = (text: string): string => {
    const snapshot = JSON.parse(text) as CourseSnapshot;
    const items: Item[] = snapshot.modules.find(({ slug }) => slug === QUIZ)?.quiz.items ?? [];
    items.push(...DECISIONS);
    return JSON.stringify(snapshot);
  };
  const place = await ownPlace({ quiz: QUIZ, change: withDecisions });
  const [first, second, , fourth] = DECISIONS;
  const given = (item: Item, n: number): Answer => {
    if (item.id === first?.id && n < 6) return { disposition: 'note', fact: 'a' };
    if (item.id === second?.id && n < 7) return { disposition: 'tell', fact: 'a' };
    if (item.id === fourth?.id && n === 0) return { disposition: 'note', fact: 'a' };
    return rightAnswer(item);
  };
  const taken = Array.from({ length: people }, (_, n) =>
    madeUpAttempt(place, { items: DECISIONS, answer: item => given(item, n) }),
  );
  await keep(taken);
  return { place, first: taken[0] };
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

  it('list the courses that were taken, one link away from the statistics', async () => {
    const place = await filled(5);
    expect(linksIn((await browser.get('/admin/statistics')).text, /^\/admin\/signals$/)).to.have.length(1);
    const { text } = await browser.get('/admin/signals');
    expect(text).to.include(`href="${coursePage(place)}"`);
  });

  it('show that nobody has taken a quiz of a course yet, and send an empty file', async () => {
    const place = await ownPlace({ quiz: QUIZ });
    forgetCatalogue();
    const page = await browser.get(coursePage(place));
    expect(page.status).to.equal(200);
    expect(plain(page.text)).to.include(said('signals.none'));
    expect(page.text).to.not.include('<table').and.not.include('signals.csv');
    const { text } = await browser.get(`${coursePage(place)}/signals.csv`);
    expect(text.trimEnd().split('\r\n')).to.have.length(1);
  });

  it('keep the name of a quiz that newer versions dropped', async () => {
    const place = await filled();
    const newer = await ownPlace({
      slug: place.courseSlug,
      number: 2,
      change: text =>
        text.replaceAll(`"${QUIZ}"`, '"see-and-tell"').replaceAll(place.quiz.title, 'Another name'),
    });
    await keep([madeUpAttempt(newer)]);
    expect(plain((await browser.get(coursePage(place))).text)).to.include(`${place.quiz.title} 20 `);
  });

  it('return 404 to learners, and for a course that does not exist', async () => {
    const place = await filled(5);
    const learner = (await ada()).browser;
    for (const path of ['/admin/signals', coursePage(place), `${coursePage(place)}/signals.csv`])
      expect((await learner.get(path)).status, path).to.equal(404);
    for (const slug of ['nonsense', '__proto__', '%00', "'--"])
      expect((await browser.get(`/admin/signals/${slug}`)).status, slug).to.equal(404);
  });

  it('show managers their own people, and administrators one organisation', async () => {
    const everybody = await filled(20);
    const place = { ...everybody, organisation: await otherOrganisation() };
    await judgedBy(place, 8);
    const [ben, other] = [await signedIn(), await signedIn()];
    await appoint(ben, 'manager', place.organisation);
    await appoint(other, 'manager', await otherOrganisation());
    const page = `${coursePage(place)}?organisation=${place.organisation}`;
    const file = page.replace('?', '/signals.csv?');
    for (const path of [page, coursePage(place)])
      expect(plain((await ben.browser.get(path)).text), path).to.include(`${place.quiz.title} 8 `);
    expect((await ben.browser.get(file)).text).to.include(`${QUIZ},8,`);
    expect((await ben.browser.get('/admin/signals')).text).to.include(`href="${page}"`);
    expect(plain((await browser.get(coursePage(place))).text)).to.include(`${place.quiz.title} 28 `);
    expect(plain((await browser.get(page)).text)).to.include(`${place.quiz.title} 8 `);
    for (const path of [page, file]) expect((await other.browser.get(path)).status, path).to.equal(404);
    forgetCatalogue();
    const own = await other.browser.get(coursePage(place));
    expect(plain(own.text)).to.include(said('signals.none')).and.not.include(place.quiz.title);
    const open = `${coursePage(place)}?organisation=${everybody.organisation}`;
    expect((await ben.browser.get(open)).status).to.equal(404);
  });

  it('show counts, rates with their interval, and a plot of the same', async () => {
    const place = await filled();
    const { text } = await browser.get(coursePage(place));
    const words = plain(text);
    // Attempts, right step, another step, missed; left in peace, false alarm; by looks.
    expect(words).to.include(`${place.quiz.title} 20 14 0 6 13 7 7 `);
    const missed = said('signals.rate', { share: 0.3, low: 0.1455, high: 0.519 });
    const alarm = said('signals.rate', { share: 0.35, low: 0.1812, high: 0.5671 });
    expect(words).to.include(missed).and.include(alarm);
    const [, plot = ''] = /<svg[^>]*aria-label="([^"]*)"/.exec(text) ?? [];
    expect(plot).to.include(said('signals.plotLine', { quiz: place.quiz.title, missed, alarm }));
  });

  it('hide what fewer than five people did, and a quiz that fewer than five took', async () => {
    const place = await filled(4);
    const few = plain((await browser.get(coursePage(place))).text);
    expect(few).to.include(said('statistics.small')).and.include(said('statistics.nothingToDraw'));
    await judgedBy(place, 3);
    const words = plain((await browser.get(coursePage(place))).text);
    expect(words).to.not.match(/NaN|undefined|Infinity/);
  });

  it('send the same as a file with units', async () => {
    const place = await filled();
    const { text, headers } = await browser.get(`${coursePage(place)}/signals.csv`);
    expect(headers.get('content-type')).to.equal('text/csv; charset=utf-8; header=present');
    const [header, line, ...rest] = text.trimEnd().split('\r\n');
    expect(header).to.match(/^quiz,first attempts/);
    expect(line).to.match(
      new RegExp(`^${QUIZ},20,0,14,0,6,0,13,7,0,7,0.3,0.1455,0.519,0.35,0.1812,0.5671,*$`),
    );
    expect(rest).to.deep.equal([]);
  });

  it('tell apart what had to be passed on and what had not, once enough people have decided', async () => {
    const { place } = await decidedBy(20);
    const page = await browser.get(coursePage(place));
    expect(page.text).to.include('data-sensitivity').and.not.include('data-lacking');
    const { dPrime, criterion } = sensitivity({ signal: { yes: 94, of: 100 }, noise: { yes: 7, of: 100 } });
    for (const measure of [dPrime, criterion])
      expect(plain(page.text)).to.include(said('signals.decisions.measure', { ...measure }));
    const { text } = await browser.get(`${coursePage(place)}/signals.csv`);
    const last = text.trimEnd().split('\r\n').at(-1)?.split(',').filter(Boolean) ?? [];
    expect(last.slice(0, 4)).to.deep.equal(['(all quizzes)', '100', '94', '6']);
    expect(last).to.include(String(Number(dPrime.value.toFixed(4))));
  });

  it('tell learners in counts what they only noted, on both sides', async () => {
    const { first } = await decidedBy(1);
    const learner = await ada();
    for (const table of ['attempts', 'cycles', 'enrolments'])
      await write(`update ${table} set user_id = $1 where user_id = $2`, [learner.id, first?.user ?? '']);
    const page = await learner.browser.get(`/attempts/${first?.attempt}`);
    expect(plain(page.text))
      .to.include(said('result.judging.concern', { acted: 4, all: 5, right: 4 }))
      .and.include(said('result.judging.noConcern', { left: 4, all: 5 }));
    expect(page.text)
      .to.match(/data-late>[^<]*1/)
      .and.match(/data-watch>[^<]*1/);
  });

  it('say what is missing before that, and nothing where no question asks for a decision', async () => {
    const few = await browser.get(coursePage((await decidedBy(8)).place));
    expect(few.text).to.include('data-lacking').and.not.include('data-sensitivity');
    const soFar = said('signals.decisions.soFar', { answers: 40, wanted: 100, people: 8, wantedPeople: 20 });
    expect(plain(few.text)).to.include(soFar);
    const none = await browser.get(coursePage(await filled(5)));
    expect(none.text).to.not.include('data-decisions');
  });

  it('leave out attempts without codes, and count those', async () => {
    const place = await filled();
    const old = madeUpAttempt(place, { answer: () => null });
    await keep([old]);
    await giveResult(old.attempt, '[{"itemId":"x","critical":false,"points":0}]');
    expect(plain((await browser.get(coursePage(place))).text)).to.include(
      said('signals.without', { count: 1 }),
    );
  });

  it('count first attempts of first cycles, in all versions of the course', async () => {
    const place = await filled();
    const second = await ownPlace({ slug: place.courseSlug, number: 2, quiz: QUIZ });
    await judgedBy(second);
    const items = [found(place, 'concern', 'no-concern').item, found(place, 'no-concern', 'appearance').item];
    const again = madeUpAttempt(place, { items });
    await keep([
      again,
      madeUpAttempt(place, { by: again, number: 2, items }),
      madeUpAttempt(place, { by: again, round: 2, items }),
    ]);
    const words = plain((await browser.get(coursePage(place))).text);
    expect(words).to.include(`${place.quiz.title} 41 `);
  });
});
