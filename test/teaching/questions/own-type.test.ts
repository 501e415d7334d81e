import type { Quiz } from '../../../server/teaching/quizzes/quiz-model.js';
import { expect } from 'chai';
import { checkContent } from '../../../server/workshop/content-check/check.js';
import { quizMinutes } from '../../../server/teaching/content/minutes.js';
import { publishContent } from '../../../server/teaching/courses/publishing.js';
import { questionTypes } from '../../../server/teaching/questions/question-types.js';
import { exportItems, FORMATS } from '../../../server/workshop/exchange/export.js';
import { importItems } from '../../../server/workshop/exchange/import.js';
import {
  analysedBank,
  choiceName,
} from '../../../server/teaching/quizzes/item-analysis/figures/analysed-bank.js';
import { collect, noSums } from '../../../server/teaching/quizzes/item-analysis/figures/collect.js';
import { gradeForm } from '../../../server/teaching/quizzes/quiz.js';
import { rulingAddress } from '../../../server/teaching/quizzes/regrading/ruling/ruling-text.js';
import { missedRules } from '../../../server/teaching/quizzes/remediation/rules.js';
import { choicesIn, linksIn } from '../../../server/workshop/smoke/client.js';
import { faultsOf, files, lineOf, sound } from '../content/fixture.js';
import { contentWith, sourceNow, takeOff } from '../courses/published.js';
import { estimate, estimateYaml, type EstimateItem } from '../../support/estimate/estimate.js';
import { dina, signedIn } from '../../support/people.js';
import { enrolled, MODULE, quizIn, readLessons } from '../../support/walk.js';
import { plain, send } from '../../support/pages.js';
import { write } from '../../support/rows.js';
import { ownWorld, world } from '../../support/world.js';
import { said } from './samples.js';

/** The sound folder with an estimate in its bank, one text of it changed. */
function tree(from = '', to = '') {
  expect(estimateYaml).to.contain(from);
  return {
    ...files(),
    'routes/quiz.yaml': `${files()['routes/quiz.yaml'] ?? ''}${estimateYaml.replace(from, () => to)}`,
  };
}

const itemIn = (content: ReturnType<typeof sound>): EstimateItem => {
  const item = content.modules[0]?.items.find(({ type }) => type === 'estimate');
  if (!item) throw new Error('The bank holds no estimate');
  return item as EstimateItem;
};

/** The questions that Ada's quiz draws: one estimate, in a published course of its own. */
async function published() {
  const item = { ...itemIn(sound(tree())), id: 'M1-901', objective: 'M1-O1', facts: [] };
  const content = contentWith();
  const [course] = content.courses;
  const modules = content.modules.map(module =>
    module.slug === MODULE ? { ...module, items: [item] } : module,
  );
  const own = course.modules.map(entry =>
    entry.module === MODULE ? { ...entry, quiz: { draw: 1, pass: 1, minCritical: 0 } } : entry,
  );
  const courses = [{ ...course, modules: own }];
  await publishContent({ ...content, modules, courses }, await sourceNow(), Date.now());
  return { item, slug: course.slug };
}

describe('a type of question that only its own folder knows', () => {
  ownWorld();
  let place: Awaited<ReturnType<typeof published>>;
  let remove: () => void;

  before(async () => {
    remove = questionTypes.add(estimate);
    place = await published();
  });

  after(async () => {
    await world().worker.drain();
    await write(
      'delete from regrade_lines where regrade_id in (select id from regrades where course_slug = $1)',
      [place.slug],
    );
    await write('delete from regrades where course_slug = $1', [place.slug]);
    await takeOff(place.slug);
    remove();
  });

  /** Somebody on an attempt whose one question is the estimate. */
  async function ready() {
    const learner = await signedIn();
    const cycle = await enrolled(learner, place.slug);
    await readLessons(cycle, MODULE);
    const start = `/learning/${cycle.id}/quizzes/${MODULE}`;
    await learner.browser.get(start);
    const page = await learner.browser.submit(`${start}/attempts`);
    return { browser: learner.browser, page, attempt: page.path.replace(/\/questions\/1$/, '') };
  }

  const graded = async (choice: string) => {
    const quiz = await quizNow();
    const drawn = { itemId: place.item.id, optionOrder: [] };
    return gradeForm(quiz, [drawn], [{ slot: 1, sequence: 1, response: { choice } }]);
  };
  const quizNow = async (): Promise<Quiz> => quizIn(await enrolled(await signedIn(), place.slug));

  it('is loaded from a bank, and its author is told what it refuses', () => {
    expect(itemIn(sound(tree())).values).to.deep.equal(['20', '40', '60', '80']);
    const broken = tree('answer: "40"', 'answer: "50"');
    const [fault] = faultsOf(broken);
    expect(fault?.problem).to.include('M2-009');
    expect(fault?.fix).to.include('20, 40, 60, 80');
    expect(fault?.line).to.equal(lineOf(broken['routes/quiz.yaml'], 'answer: "50"'));
  });

  it('is checked, counted by position, and planned in its own seconds', () => {
    const content = sound(tree());
    const { warnings, banks } = checkContent(content, { now: 0 });
    expect(warnings.map(({ problem }) => problem)).to.include('Estimates are unsure: M2-009.');
    expect(banks[0]?.keys).to.have.length(4);
    expect(quizMinutes({ draw: 3, items: [itemIn(content)] })).to.equal(2);
  });

  it('is drawn, and answered by a form and by a script', async () => {
    const { browser, page, attempt } = await ready();
    expect(
      choicesIn(page.text)
        .filter(({ name }) => name === 'choice')
        .map(({ value }) => value),
    ).to.deep.equal(place.item.values);
    expect(page.text).to.include('Hint of the estimate');
    const action = `${attempt}/answers/1`;
    expect((await send(browser, action, { sequence: '0', choice: '50' })).status).to.equal(422);
    expect((await send(browser, action, { sequence: '0', choice: '60' })).path).to.equal(`${attempt}/review`);
    const token = /name="_csrf" value="([^"]*)"/.exec((await browser.get('/sign-in')).text)?.[1] ?? '';
    const script = { _csrf: token, sequence: '1', choice: '40' };
    const { status, text } = await browser.post(action, script, { accept: 'application/json' });
    expect([status, (JSON.parse(text) as { kind: string }).kind]).to.deep.equal([200, 'kept']);
  });

  it('is graded, and reviewed on the result', async () => {
    const { browser, attempt } = await ready();
    await send(browser, `${attempt}/answers/1`, { sequence: '0', choice: '40' });
    await browser.get(`${attempt}/review`);
    const result = await browser.submit(`${attempt}/submission`);
    expect(result.status).to.equal(200);
    expect(plain(result.text)).to.include(place.item.reason);
    expect((await graded('60')).slots[0]?.points).to.equal(50);
  });

  it('fails whoever breaks a rule with it, and names the rule to work through', async () => {
    const form = await graded('20');
    expect(form.slots[0]).to.deep.include({ points: 50, unsafe: ['never-2'] });
    expect(form.total.criticalMissed).to.deep.equal([place.item.id]);
    expect(missedRules(form)).to.deep.equal(['never-2']);
    expect((await graded('60')).total.criticalMissed).to.deep.equal([]);
  });

  it('is counted choice by choice', async () => {
    const bank = analysedBank(await quizNow());
    const version = bank.get(place.item.id);
    if (!version) throw new Error('The bank does not know it');
    expect(version.guess.value).to.equal(200 / 400);
    expect(version.plannedSeconds).to.equal(40);
    expect(choiceName(version, '20', said)).to.equal('Value 20');
    const sums = noSums();
    const slots = [{ itemId: version.id, points: 50 }];
    const answer = { slot: 1, sequence: 1, response: { choice: '60' }, at: 1000 };
    collect(sums, { at: '1', isNew: true, startedAt: 0, slots, answers: [answer] }, bank);
    const [counted] = sums.items.values();
    const [group] = counted?.byRest.values() ?? [];
    expect([...(group?.choices ?? [])].map(([id, { n }]) => [id, n])).to.deep.equal([['60', 1]]);
  });

  it('is previewed with its key', async () => {
    const { browser } = await dina();
    const page = await browser.get(`/admin/preview/${place.slug}/quizzes/${MODULE}/items/${place.item.id}`);
    expect(page.status).to.equal(200);
    expect(plain(page.text)).to.include(place.item.reason).and.include('Estimate of the tests');
  });

  it('may be taken out of the scoring, and refuses one more right answer', async () => {
    const { browser } = await dina();
    const address = rulingAddress({
      courseSlug: place.slug,
      version: 1,
      quiz: MODULE,
      itemId: place.item.id,
    });
    const kinds = choicesIn((await browser.get(address)).text).filter(({ name }) => name === 'kind');
    expect(kinds.map(({ value }) => value)).to.deep.equal(['void']);
    const fields = { fromVersion: '1', toVersion: '1', reason: 'Two are right' };
    const refused = await send(browser, address, { ...fields, kind: 'accept', 's1-choice': '60' });
    expect(refused.status).to.equal(422);
    expect(linksIn(refused.text, /^#/)).to.not.deep.equal([]);
    const proposed = await send(browser, address, { ...fields, kind: 'void' });
    expect(proposed.path).to.match(/^\/admin\/regrades\//);
  });

  for (const format of FORMATS)
    it(`is taken out in a form that others know, with what they lose: ${format}`, async () => {
      const { entries, bytes } = exportItems(format, 'foundations', [place.item]);
      expect(entries.map(({ outcome, notes }) => [outcome, notes])).to.deep.equal([
        ['changed', [{ code: 'left-out', about: 'half points', line: 1 }]],
      ]);
      const { drafts } = await importItems(format, bytes, { bank: 'foundations', known: [] });
      expect(drafts.map(({ type, key }) => [type, key])).to.deep.equal([['single', ['b']]]);
    });
});
