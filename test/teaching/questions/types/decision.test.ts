import { expect } from 'chai';
import fc from 'fast-check';
import type { AnsweredQuestion } from '../../../../server/teaching/questions/by-question.js';
import { askedOf, type JobName } from '../../../../server/teaching/questions/jobs.js';
import { markOf } from '../../../../server/teaching/questions/answer-mark.js';
import type { Explained } from '../../../../server/teaching/questions/question-type.js';
import { decision } from '../../../../server/teaching/questions/types/decision/decision.js';
import type { DecisionItem } from '../../../../server/teaching/questions/types/decision/decision-schema.js';
import type { Scene } from '../../../../server/teaching/questions/scenes.js';
import { voiceFor } from '../../../../server/teaching/questions/types/decision/decision-words.js';
import {
  DISPOSITIONS,
  type Disposition,
} from '../../../../server/teaching/questions/types/decision/dispositions.js';
import { unknownItem } from '../../../../server/teaching/quizzes/item-analysis/figures/analysed-bank.js';
import { collect, noSums } from '../../../../server/teaching/quizzes/item-analysis/figures/collect.js';
import { itemFigures } from '../../../../server/teaching/quizzes/item-analysis/figures/item-figures.js';
import { said, sampleDecision, sampleItem } from '../samples.js';

const about = (key: Disposition, changes: object = {}): DecisionItem =>
  decision.itemSchema.parse(sampleItem('decision', { ...sampleDecision(key), ...changes }));

const dispositions = fc.constantFrom(...DISPOSITIONS);
/** The keys of items that may be safety-critical. */
const toTell = fc.constantFrom('tell' as const, 'urgent' as const);

describe('a decision', () => {
  it('gives 100, 60, 40 or nothing', () => {
    const points = (key: Disposition, fact: string) =>
      DISPOSITIONS.map(disposition => decision.grade(about(key), { disposition, fact }));
    expect(DISPOSITIONS.map(key => points(key, 'b'))).to.deep.equal([
      [100, 40, 0, 0],
      [40, 100, 40, 0],
      [0, 40, 100, 40],
      [0, 0, 40, 100],
    ]);
    expect(DISPOSITIONS.map(key => points(key, 'a'))).to.deep.equal([
      [60, 0, 0, 0],
      [0, 60, 0, 0],
      [0, 0, 60, 0],
      [0, 0, 0, 60],
    ]);
  });

  it('is told from others in a list by the opening of its story', () => {
    const words = Array.from({ length: 40 }, (_, n) => `word${n}`);
    expect(decision.inList?.(about('tell', { story: words.join(' ') }))).to.equal(
      `${words.slice(0, 14).join(' ')} …`,
    );
  });

  it('gives as much on critical items: what is unsafe does not depend on points', () => {
    fc.assert(
      fc.property(toTell, dispositions, fc.constantFrom('a', 'b'), (key, disposition, fact) => {
        const response = { disposition, fact };
        const critical = about(key, { critical: 'always-1' });
        expect(decision.grade(critical, response)).to.equal(decision.grade(about(key), response));
      }),
    );
  });

  it('never earns more with another fact or a decision further off', () => {
    fc.assert(
      fc.property(dispositions, dispositions, dispositions, (key, near, far) => {
        const off = (each: Disposition) => Math.abs(DISPOSITIONS.indexOf(each) - DISPOSITIONS.indexOf(key));
        fc.pre(off(near) <= off(far));
        const points = (disposition: Disposition, fact: string) =>
          decision.grade(about(key), { disposition, fact });
        expect(points(near, 'b')).to.be.at.least(points(far, 'b'));
        expect(points(near, 'a')).to.be.at.least(points(far, 'a'));
        expect(points(near, 'b')).to.be.at.least(points(near, 'a'));
      }),
    );
  });

  it('keeps half an answer, which earns what its half is worth', () => {
    const item = about('tell');
    for (const [half, points] of [
      [{ disposition: 'tell' }, 60],
      [{ disposition: 'note' }, 0],
      [{ fact: 'b' }, 0],
    ] as const) {
      expect(decision.parse(half, item)).to.deep.equal({ ok: true, response: half });
      expect(decision.isComplete(item, half)).to.equal(false);
      expect(decision.grade(item, half)).to.equal(points);
    }
  });

  it('leads to the half that is missing', () => {
    const mending = (response: object) => decision.mending(about('tell'), { ...response }, said);
    expect(mending({})).to.deep.equal({ field: 'disposition', open: [], lack: null });
    expect(mending({ disposition: 'tell' })).to.deep.include({ field: 'fact', open: ['fact'] });
    expect(mending({ fact: 'b' })).to.deep.include({ field: 'disposition', open: ['disposition'] });
  });

  it('says what is wrong with a form', () => {
    const item = about('tell');
    expect(decision.parse({}, item)).to.deep.equal({ ok: false, problem: 'missing' });
    for (const form of [
      { disposition: 'b', fact: 'b' },
      { disposition: ['tell', 'tell'], fact: 'b' },
      { disposition: { tell: 'tell' }, fact: 'b' },
      { disposition: 'tell', fact: 'note' },
    ])
      expect(decision.parse(form, item)).to.deep.equal({ ok: false, problem: 'unreadable' });
    expect(decision.parse({ disposition: 'tell', fact: ['a', 'b'] }, item)).to.deep.equal({
      ok: false,
      problem: 'too-many',
    });
  });

  it('shows the dispositions in their fixed order, whatever the order of the facts', () => {
    for (const order of [
      ['a', 'b', 'c'],
      ['c', 'a', 'b'],
    ])
      expect(decision.present(about('note'), order)).to.deep.include({ dispositions: DISPOSITIONS });
  });

  it('speaks the words of the job: the learner’s, or what the jobs of the item share', () => {
    const voice = (roles?: JobName[], job?: JobName) => voiceFor(askedOf(job, { roles }));
    expect(voice()).to.equal('any');
    expect(voice(['cabin'])).to.equal('cabin');
    expect(voice(['patrol', 'border'])).to.equal('officer');
    expect(voice(['cabin', 'driver'])).to.equal('any');
    expect(voice(['shelter', 'school'])).to.equal('care');
    expect(voice(['shelter', 'faith'])).to.equal('any');
    expect(voice(['driver'], 'driver')).to.equal('driver');
    expect(voice(['shelter', 'faith'], 'school')).to.equal('care');
    expect(voice(undefined, 'phone')).to.equal('phone');
    expect(voice(['cabin'], 'hotel')).to.equal('any');
  });

  it('names a vehicle only where the item is for that job alone', () => {
    const voice = (roles: JobName[] | undefined, job: JobName) => voiceFor(askedOf(job, { roles }));
    expect(voice(['cabin'], 'cabin')).to.equal('cabin');
    for (const roles of [undefined, [], ['driver'], ['cabin', 'driver'], ['gate']] satisfies (
      JobName[] | undefined
    )[])
      expect(voice(roles, 'cabin'), String(roles)).to.equal('any');
    expect(voice(['cabin'], 'driver')).to.equal('any');
  });

  it('speaks the words of the place, whatever jobs meet it there, and of the job where it plays anywhere', () => {
    const voice = (scene: Scene, roles: JobName[] | undefined, job: JobName) =>
      voiceFor(askedOf(job, { scene, roles }));
    expect(voice('aboard', ['cabin', 'gate'], 'cabin')).to.equal('cabin');
    expect(voice('road', ['driver', 'station'], 'driver')).to.equal('driver');
    expect(voice('platform', ['driver', 'station'], 'driver')).to.equal('any');
    expect(voice('counter', ['gate'], 'gate')).to.equal('any');
    expect(voice('anywhere', undefined, 'cabin')).to.equal('any');
    expect(voice('anywhere', undefined, 'driver')).to.equal('any');
    expect(voice('anywhere', undefined, 'school')).to.equal('care');
    expect(voiceFor({ scene: 'aboard', roles: ['cabin'] })).to.equal('cabin');
  });

  it('says everything in the words of the learner’s job', () => {
    const asked = askedOf('school', about('tell', { roles: ['cabin'] }));
    const words = 'decision.words.care.note';
    const response = { disposition: 'note', fact: 'b' };
    expect(decision.present(asked, ['a', 'b', 'c'])).to.deep.include({ voice: 'care' });
    expect(decision.summarise(asked, response, said)[0]).to.equal(words);
    expect(decision.explain(asked, response, said).map(({ text }) => text)).to.include(words);
    expect(JSON.stringify(decision.review(asked, response, said))).to.include(words);
    expect(decision.remark(asked, said)).to.include('decision.words.care.tell');
    expect(decision.signal?.(asked, response)?.response).to.equal('yes');
    expect(decision.signal?.(about('tell', { roles: ['cabin'] }), response)?.response).to.equal('no');
  });

  describe('as a signal', () => {
    const signal = (item: DecisionItem, disposition: string) =>
      decision.signal?.(item, { disposition, fact: 'a' });

    it('is told by the first part alone', () => {
      const [yes, no] = [{ response: 'yes' }, { response: 'no' }];
      const steps = (key: Disposition, given: number) => Math.abs(DISPOSITIONS.indexOf(key) - given);
      const expected = {
        'carry-on': { situation: 'noise', given: [no, { ...no, shade: 'watch' }, yes, yes] },
        note: { situation: 'neither', given: [no, no, yes, yes] },
        tell: { situation: 'signal', given: [no, { ...no, shade: 'late' }, yes, yes] },
        urgent: { situation: 'signal', given: [no, { ...no, shade: 'late' }, yes, yes] },
      } as const;
      for (const key of DISPOSITIONS)
        expect(DISPOSITIONS.map(given => signal(about(key), given))).to.deep.equal(
          expected[key].given.map((given, at) => ({
            situation: expected[key].situation,
            steps: steps(key, at),
            ...given,
          })),
        );
    });

    it('is none where nothing was decided', () => {
      expect(decision.signal?.(about('tell'), { fact: 'b' })).to.equal(null);
      expect(decision.signal?.(about('tell'), undefined)).to.equal(null);
    });
  });

  describe('whose note goes into the log of the day', () => {
    const inCare = (key: Disposition, changes: object = {}) => about(key, { roles: ['shelter'], ...changes });
    const points = (item: DecisionItem, fact: string) =>
      DISPOSITIONS.map(disposition => decision.grade(item, { disposition, fact }));
    const signals = (item: DecisionItem) =>
      DISPOSITIONS.map(disposition => {
        const { situation, response, shade } = decision.signal?.(item, { disposition }) ?? {};
        return [situation, response, ...(shade ? [shade] : [])].join(' ');
      });
    const unsafe = (item: DecisionItem) =>
      DISPOSITIONS.filter(disposition => decision.unsafe(item, { disposition }).length > 0);

    it('earns what telling earns, as an answer and as the key', () => {
      for (const key of ['tell', 'note'] as const) {
        expect(points(inCare(key), 'b'), key).to.deep.equal([0, 100, 100, 40]);
        expect(points(inCare(key), 'a'), key).to.deep.equal([0, 60, 60, 0]);
      }
      expect(points(inCare('carry-on'), 'b')).to.deep.equal([100, 0, 0, 0]);
    });

    it('counts as telling does: a hit, a false alarm, and never a note to watch', () => {
      for (const key of ['tell', 'note'] as const)
        expect(signals(inCare(key)), key).to.deep.equal([
          'signal no',
          'signal yes',
          'signal yes',
          'signal yes',
        ]);
      expect(signals(inCare('carry-on'))).to.deep.equal(['noise no', 'noise yes', 'noise yes', 'noise yes']);
    });

    it('is too late where it is unsafe: because nothing can wait, or because the item says so', () => {
      const late = ['signal no', 'signal no late', 'signal yes', 'signal yes'];
      const [urgent, told] = [inCare('urgent'), inCare('tell', { unsafe: ['note'] })];
      expect([unsafe(urgent), unsafe(told)]).to.deep.equal([['carry-on', 'note'], ['note']]);
      expect([signals(urgent), signals(told)]).to.deep.equal([late, late]);
      expect(points(urgent, 'b')).to.deep.equal([0, 0, 40, 100]);
      expect(points(told, 'b')).to.deep.equal([0, 40, 100, 40]);
    });

    it('makes carrying on unsafe on a safety-critical item, as the key to tell does', () => {
      const changes = { critical: 'always-1' };
      expect(unsafe(inCare('note', changes))).to.deep.equal(unsafe(inCare('tell', changes)));
      expect(unsafe(inCare('note', changes))).to.deep.equal(['carry-on']);
    });

    it('is shown as right, and guessing earns the mean of all answers', () => {
      const right = decision.explain(inCare('tell'), {}, said).map(({ correct }) => correct);
      expect(right.slice(0, 4)).to.deep.equal([false, true, true, false]);
      for (const key of DISPOSITIONS) {
        const all = ['a', 'b', 'c'].flatMap(fact => points(inCare(key), fact));
        const mean = all.reduce((sum, each) => sum + each, 0) / all.length / 100;
        expect(decision.guessScore(inCare(key)), key).to.be.closeTo(mean, 1e-9);
      }
    });
  });

  it('counts the four dispositions as one part, and the facts as another', () => {
    const item = about('note');
    const parts = decision.choices(item).map(({ id, part, isRight }) => [part, id, isRight]);
    expect(parts).to.deep.equal([
      ['disposition', 'carry-on', false],
      ['disposition', 'note', true],
      ['disposition', 'tell', false],
      ['disposition', 'urgent', false],
      ['option', 'a', false],
      ['option', 'b', true],
      ['option', 'c', false],
    ]);
    expect(decision.chosen(item, { disposition: 'tell', fact: 'a' })).to.deep.equal(['tell', 'a']);
    expect(decision.choiceName('note', said)).to.equal('decision.name.note');
    expect(decision.choiceName('b', said)).to.equal('b');
  });

  it('calls no disposition dead that nobody takes: the author did not choose it', () => {
    const item = about('tell');
    const version = { ...unknownItem(item.id), item, hash: 'x', choices: decision.choices(item) };
    const sums = noSums();
    const slots = [{ itemId: item.id, points: 100 }];
    const answers = [{ slot: 1, sequence: 1, response: { disposition: 'tell', fact: 'b' }, at: 1000 }];
    for (let n = 0; n < 60; n += 1)
      collect(sums, { at: `${n}`, isNew: true, startedAt: 0, slots, answers }, new Map([[item.id, version]]));
    const dead = [...sums.items.values()].flatMap(each => itemFigures(each).flags);
    expect(dead.filter(({ key }) => key === 'dead').map(({ choice }) => choice)).to.deep.equal(['a', 'c']);
  });

  it('says the answer of the course in the words of the job, with the fact that decides', () => {
    const item = about('tell', { roles: ['cabin'], decides: 'He says so.' });
    expect(decision.remark(item, said)).to.equal(
      'decision.courseAnswer decision.words.cabin.tell He says so.',
    );
  });

  it('explains its two questions apart, each with what is right of it', () => {
    const { questions } = decision.review(about('urgent'), {}, said) as {
      questions: AnsweredQuestion<Explained>[];
    };
    const right = questions.map(({ asked, options }) => [
      asked,
      options.filter(({ correct }) => correct).map(({ text }) => text),
    ]);
    expect(right).to.deep.equal([
      ['decision.whatToDo', ['decision.words.any.urgent']],
      ['decision.whichFact', [about('urgent').options.find(({ id }) => id === 'b')?.text]],
    ]);
  });

  it('is marked close for a part of the points, and unsafe whatever it earns', () => {
    const mark = (points: number, isUnsafe = false) => markOf({ points, isUnsafe }, decision);
    expect([100, 60, 40, 0].map(points => mark(points))).to.deep.equal([
      'right',
      'close',
      'close',
      'not-right',
    ]);
    expect(mark(40, true)).to.equal('unsafe');
    expect(markOf({ points: 50, isUnsafe: false }, { partIsClose: false })).to.equal('not-right');
  });

  it('travels as a choice among the four, and says what is lost', () => {
    const exported = decision.exchange(about('urgent', { critical: 'always-1' }));
    expect(exported?.item).to.deep.include({ form: 'one', key: ['d'], unsafe: ['a', 'b'] });
    expect(exported?.item.options.map(({ feedback }) => feedback)).to.deep.equal(
      Object.values(sampleDecision('urgent').feedback),
    );
    for (const losses of Object.values(exported?.losses ?? {}))
      expect(losses.map(({ code }) => code)).to.deep.equal(['left-out', 'left-out']);
  });

  it('refuses what cannot be, and a judgement that its key contradicts', () => {
    const item = about('tell');
    for (const fault of [
      { disposition: 'wait' },
      { feedback: { ...item.feedback, note: ' ' } },
      { feedback: { note: 'Only this one.' } },
      { story: '' },
      { decides: '' },
      { judgement: 'no-concern' },
      { disposition: 'note', judgement: 'concern' },
      { key: ['a', 'b'] },
      { disposition: 'carry-on', unsafe: ['tell'] },
      { disposition: 'note', critical: 'always-1' },
      { disposition: 'note', unsafe: ['tell'] },
    ])
      expect(decision.itemSchema.safeParse({ ...item, ...fault }).success).to.equal(false);
    expect(decision.itemSchema.safeParse({ ...item, judgement: 'concern' }).success).to.equal(true);
  });

  describe('findings', () => {
    const words = (count: number) => Array.from({ length: count }, () => 'word').join(' ');
    const feedback = Object.fromEntries(DISPOSITIONS.map(each => [each, words(20)]));
    const options = ['a', 'b', 'c'].map(id => ({ id, text: words(6), feedback: words(20) }));
    const sound = { story: words(50), stem: words(12), feedback, options };
    const count = (changes: object) =>
      decision.findings(about('tell', { ...sound, ...changes })).warnings.length;

    it('are none of a sound item', () => {
      expect([count({}), count({ story: words(35) }), count({ story: words(70) })]).to.deep.equal([0, 0, 0]);
    });

    it('are a fault where no title tells the page from others', () => {
      const { faults } = decision.findings(about('tell', sound));
      expect(faults.map(({ path }) => path)).to.deep.equal([['title']]);
      const titled = about('tell', { ...sound, title: 'At the desk, before closing' });
      expect(decision.findings(titled).faults).to.deep.equal([]);
    });

    it('warn of what is too short or too long', () => {
      for (const changes of [
        { story: words(34) },
        { story: words(71) },
        { stem: words(13) },
        { feedback: { ...feedback, urgent: words(5) } },
        { feedback: { ...feedback, note: words(60) } },
        { options: options.map(option => ({ ...option, text: words(20) })) },
        { options: options.map((option, at) => (at === 0 ? { ...option, feedback: words(3) } : option)) },
      ])
        expect(count(changes)).to.equal(1);
    });
  });
});
