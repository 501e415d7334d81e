import { expect } from 'chai';
import { savedAnswers } from '../../../../../server/teaching/quizzes/attempts/attempts.js';
import { submitAttempt } from '../../../../../server/teaching/quizzes/attempts/submit.js';
import { report } from '../../../../../server/teaching/questions/types/report/report.js';
import { atReports } from '../../../../support/quizzes/report-items.js';
import { said, saidLike } from '../../../../support/said.js';
import { count } from '../../../../support/rows.js';
import { plain } from '../../../../support/pages.js';
import { reportItems } from '../../../questions/report-samples.js';
import { ownWorld } from '../../../../support/world.js';

const { gate } = reportItems();
const model = report.correctResponse(gate) as Record<string, string>;

async function atGate() {
  const ready = await atReports();
  const page = `/attempts/${ready.attempt.id}/questions/1`;
  const { text } = await ready.browser.get(page);
  return { ...ready, page, text, action: `/attempts/${ready.attempt.id}/answers/1` };
}

const stored = async ({ id }: { id: string }) =>
  (await savedAnswers(id)).map(({ slot, response }) => [slot, response]);

/** What stands in the boxes of a page, as a browser reads it. */
const boxesOn = (html: string): Record<string, string> =>
  Object.fromEntries(
    [...html.matchAll(/<textarea[^>]* name="(\w+)"[^>]*>\n([\s\S]*?)<\/textarea>/g)].map(
      ([, name = '', text = '']) => [
        name,
        text
          .replace(/&#34;/g, '"')
          .replace(/&#39;/g, "'")
          .replace(/&lt;/g, '<')
          .replace(/&gt;/g, '>')
          .replace(/&amp;/g, '&'),
      ],
    ),
  );

/** What a result says of one box: its name, what was written there, and what came of it. */
const reviewed = (field: string, text: string, key: string) =>
  `${said(`report.field.${field}.label`)} ${said('report.yours')}: ${text} ${said(key)}`;

describe('answering a report', () => {
  ownWorld();
  it('shows a labelled box for each part, the warning with the way to the phone, and nothing of the model', async () => {
    const { text } = await atGate();
    const words = plain(text);
    expect(words).to.include(said('report.warning'));
    expect(words).to.include(said('report.warningText'));
    expect(text.slice(text.indexOf(said('report.warning')))).to.include('href="/concern"');
    expect(text.indexOf(said('report.warning'))).to.be.lessThan(text.indexOf('<textarea'));
    expect(words).to.include(said('report.hint', { limit: 300 }));
    expect(boxesOn(text)).to.deep.equal({ time: '', place: '', behaviour: '', words: '', told: '' });
    for (const [tag, name] of text.matchAll(/<textarea[^>]* name="(\w+)"[^>]*>/g)) {
      expect(text).to.include(`<label for="${name}">`);
      expect(tag).to.include('autocomplete="off"');
      expect(tag).to.include(`aria-describedby="${name}-hint"`);
      expect(tag).to.not.include('maxlength');
    }
    for (const secret of [model.place, model.told, ...gate.fields.map(({ feedback }) => feedback)])
      expect(words).to.not.include(secret);
  });

  it('is kept before the reply, leads on, and is there again as it was written', async () => {
    const { browser, attempt, action, page } = await atGate();
    const written = { ...model, words: 'The man: "<b>You</b> & I"\nThe boy: "No."' };
    expect((await browser.submit(action, written)).path).to.equal(`/attempts/${attempt.id}/questions/2`);
    expect(await stored(attempt)).to.deep.equal([[1, written]]);
    const again = (await browser.get(page)).text;
    expect(boxesOn(again)).to.deep.equal(written);
    expect(again).to.not.include('<b>You');
  });

  it('keeps some boxes, and asks for the others by name', async () => {
    const { browser, attempt, action } = await atGate();
    const half = await browser.submit(action, { time: '14:05', told: 'The supervisor' });
    expect(half.status).to.equal(422);
    expect(await stored(attempt)).to.deep.equal([[1, { time: '14:05', told: 'The supervisor' }]]);
    expect(plain(half.text)).to.include(said('question.lack.reportKept'));
    expect(half.text).to.include('<a href="#place">');
    const bad = [...half.text.matchAll(/name="(\w+)"[^>]*aria-invalid/g)].map(([, name]) => name);
    expect(bad).to.deep.equal(['place', 'behaviour', 'words']);
    expect(boxesOn(half.text)).to.include({ time: '14:05', told: 'The supervisor' });
    expect((await browser.submit(action, model)).path).to.equal(`/attempts/${attempt.id}/questions/2`);
  });

  it('refuses a text that is too long, keeps nothing of it, and leaves all that was typed in the boxes', async () => {
    const { browser, attempt, action } = await atGate();
    const typed = { ...model, behaviour: 'He said no. '.repeat(30).trim() };
    const page = await browser.submit(action, typed);
    expect(page.status).to.equal(422);
    expect(await stored(attempt)).to.deep.equal([]);
    expect(boxesOn(page.text)).to.deep.equal(typed);
    expect(plain(page.text)).to.include(
      said('report.tooLong', { length: typed.behaviour.length, limit: 300 }),
    );
    expect(plain(page.text)).to.include(said('question.lack.reportLong', { limit: 300 }));
    expect(page.text).to.include('<a href="#behaviour">');
    const shorter = { ...typed, behaviour: model.behaviour ?? '' };
    expect((await browser.submit(action, shorter)).status).to.equal(200);
    expect(await stored(attempt)).to.deep.equal([[1, shorter]]);
  });

  it('leaves what was typed in the boxes also when an older answer is kept', async () => {
    const { browser, attempt, action, page } = await atGate();
    await browser.submit(action, model);
    await browser.get(page);
    const typed = { ...model, place: 'x'.repeat(301) };
    expect(boxesOn((await browser.submit(action, typed)).text)).to.deep.equal(typed);
    expect(await stored(attempt)).to.deep.equal([[1, model]]);
  });

  it('refuses nothing at all, and forms that no page sends', async () => {
    const { browser, attempt, action } = await atGate();
    const empty = await browser.submit(action, { time: ' ', place: '' });
    expect([empty.status, plain(empty.text).includes(said('question.lack.report'))]).to.deep.equal([
      422,
      true,
    ]);
    const odd: Record<string, string | string[]>[] = [
      { choice: 'a' },
      { time: ['14:05', '14:06'] },
      { 'time[a]': '14:05' },
      { name: 'x' },
    ];
    for (const fields of odd) expect((await browser.submit(action, fields)).status).to.equal(422);
    expect((await browser.submit(action, { time: 'x'.repeat(70_000) })).status).to.equal(413);
    expect(await count('attempt_answers where attempt_id = $1', [attempt.id])).to.equal(0);
  });

  it('shows a stale tab what it wrote, and changes nothing', async () => {
    const { browser, attempt, action } = await atGate();
    const old = browser.last;
    await browser.submit(action, model);
    browser.last = old;
    const page = await browser.submit(action, { ...model, place: 'By the lift' });
    expect(page.status).to.equal(409);
    expect(plain(page.text)).to.match(saidLike('question.staleWrote', { answer: /.*By the lift.*/ }));
    expect(boxesOn(page.text)).to.deep.equal(model);
    expect(await stored(attempt)).to.deep.equal([[1, model]]);
  });

  describe('and submitting it', () => {
    it('shows, after a pass, what was in each box, the words to leave out with a better way, and the model', async () => {
      const { browser, attempt, action } = await atGate();
      await browser.submit(action, { ...model, place: 'Behind the trafficker', behaviour: '<i>' });
      await browser.submit(`/attempts/${attempt.id}/answers/2`, { words: 'She said "victim" to me' });
      const desk = report.correctResponse(reportItems().desk) as Record<string, string>;
      await browser.submit(`/attempts/${attempt.id}/answers/2`, desk);
      await browser.get(`/attempts/${attempt.id}/review`);
      const { text } = await browser.submit(`/attempts/${attempt.id}/submission`);
      const words = plain(text);
      expect(words).to.include(said('result.passedModule'));
      expect(words).to.include(reviewed('place', 'Behind the trafficker', 'report.thereJudging'));
      expect(words).to.include(reviewed('behaviour', '<i>', 'report.field.behaviour.lack'));
      expect(words).to.include(
        `${said('report.quoted', { text: 'trafficker' })} ${said('report.avoid.adult.why')}`,
      );
      expect(words).to.include(said('report.avoid.adult.better'));
      for (const told of [
        gate.feedback.missing,
        gate.feedback.finding,
        ...gate.fields.map(each => each.feedback),
      ])
        expect(words).to.include(plain(told));
      for (const part of Object.values(gate.model))
        expect(words).to.include(said('report.model', { text: plain(part) }));
      expect(words).to.include('Time of night');
      expect(words).to.not.include(gate.feedback.appearance);
      expect(text).to.not.include('<i>');
    });

    it('shows nothing of the model or the words after a fail', async () => {
      const { browser, attempt, quiz } = await atGate();
      await submitAttempt(attempt, { ...quiz, pass: 2 }, Date.now());
      const words = plain((await browser.get(`/attempts/${attempt.id}`)).text);
      expect(words).to.include(said('result.notYet'));
      for (const secret of [model.place, gate.feedback.missing, gate.fields[0]?.feedback])
        expect(words).to.not.include(secret);
    });
  });
});
