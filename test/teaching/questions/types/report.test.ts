import { expect } from 'chai';
import fc from 'fast-check';
import { drawForm } from '../../../../server/teaching/quizzes/drawing/draw-form.js';
import { answerSchema } from '../../../../server/teaching/questions/answer.js';
import { FULL_POINTS } from '../../../../server/teaching/questions/question-type.js';
import {
  FIELD_LIMIT,
  openFieldsOf,
  REPORT_FIELDS,
} from '../../../../server/teaching/questions/types/report/report-record.js';
import { report, answerVerdict } from '../../../../server/teaching/questions/types/report/report.js';
import type { ReportItem } from '../../../../server/teaching/questions/types/report/report-schema.js';
import { reportItems } from '../report-samples.js';
import { said, hostileForm } from '../samples.js';

const { gate, desk } = reportItems();
const whole = report.correctResponse(gate) as Record<string, string>;

/** Points of the whole record with some fields written in another way. */
const points = (changes: Record<string, string>, item: ReportItem = gate) =>
  report.grade(item, { ...report.correctResponse(item), ...changes });

const item = fc.constantFrom(gate, desk);
const anyText = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary', maxLength: 400 }));
const anyRecord = fc.dictionary(fc.constantFrom(...REPORT_FIELDS, '__proto__', 'other'), anyText);

describe('a short report', () => {
  for (const [name, each] of Object.entries({ gate, desk })) {
    it(`takes the sample of the ${name} unchanged`, () => {
      expect(report.itemSchema.parse(each)).to.deep.equal(each);
    });
  }

  describe('is read', () => {
    it('field by field, without the blanks around a text, and blank fields left out', () => {
      const form = { time: ' 14:05 ', place: 'Gate 14\r\nqueue', behaviour: '  ', words: '', _csrf: 'x' };
      expect(report.parse(form, gate)).to.deep.equal({
        ok: true,
        response: { time: '14:05', place: 'Gate 14\nqueue' },
      });
    });

    it('with only the fields that are asked for', () => {
      // An erased record keeps in `erased` what it was worth: nobody may send that.
      const form = { ...whole, points: '100', key: 'a', erased: '100' };
      expect(Object.keys(whole)).to.include('behaviour');
      expect(report.parse(form, desk)).to.deep.equal({
        ok: true,
        response: { time: whole.time, place: whole.place, words: whole.words, told: whole.told },
      });
    });

    it('without what nobody can see, and in one form of Unicode', () => {
      expect(report.parse({ place: 'Cafe\u0301\0\u0007 bar' }, gate)).to.deep.equal({
        ok: true,
        response: { place: 'Café bar' },
      });
    });

    it('up to a length, counted as people count; what was typed beyond it comes back and is no answer', () => {
      const full = '😀'.repeat(FIELD_LIMIT - 2) + '\r\n' + 'a';
      expect(report.parse({ ...whole, place: full }, gate)).to.have.property('ok', true);
      const long = `${full}b`;
      expect(report.parse({ ...whole, place: long }, gate)).to.deep.equal({
        ok: false,
        problem: 'too-long',
        typed: { ...whole, place: long.replace('\r', '') },
      });
    });

    it('and told what is wrong with a form', () => {
      for (const nothing of [
        {},
        null,
        'time=1',
        { time: '', place: ' \n' },
        { choice: 'a' },
        Object.create(whole),
      ])
        expect(report.parse(nothing, gate)).to.deep.equal({ ok: false, problem: 'missing' });
      for (const odd of [['14:05', '14:06'], { a: 'b' }, 14, [null]])
        expect(report.parse({ ...whole, time: odd }, gate)).to.deep.equal({
          ok: false,
          problem: 'unreadable',
        });
    });

    it('from any form: an answer that can be kept, or a problem; what was kept reads the same again', () => {
      const forms = fc.oneof(
        hostileForm,
        anyRecord,
        fc.dictionary(fc.constantFrom(...REPORT_FIELDS), fc.anything()),
      );
      fc.assert(
        fc.property(item, forms, (asked, form) => {
          const parsed = report.parse(form, asked);
          if (!parsed.ok) {
            expect(parsed.problem).to.be.oneOf(['missing', 'too-long', 'unreadable']);
            expect('typed' in parsed).to.equal(parsed.problem === 'too-long');
            return;
          }
          const { response } = parsed;
          expect(answerSchema.parse(JSON.parse(JSON.stringify(response)))).to.deep.equal(response);
          expect(asked.fields.map(({ id }) => id)).to.include.members(Object.keys(response));
          for (const text of Object.values(response).flat())
            expect([...text].length).to.be.within(1, FIELD_LIMIT);
          expect(report.parse(response, asked)).to.deep.equal(parsed);
          expect(report.isComplete(asked, response)).to.equal(openFieldsOf(asked, response).length === 0);
        }),
        { numRuns: 1000 },
      );
    });
  });

  describe('is graded by presence', () => {
    it('one share for each field that is there', () => {
      fc.assert(
        fc.property(item, fc.subarray([...REPORT_FIELDS]), (asked, some) => {
          const given = Object.entries(report.correctResponse(asked)).filter(([id]) =>
            some.includes(id as never),
          );
          const share = Math.round((given.length * FULL_POINTS) / asked.fields.length);
          expect(report.grade(asked, Object.fromEntries(given))).to.equal(share);
        }),
      );
    });

    it('whatever the story is: other words earn the same', () => {
      const word = fc.stringMatching(/^[bcdfgjkmpqvxz]{3,8}$/);
      fc.assert(
        fc.property(item, fc.array(word, { minLength: 2, maxLength: 9 }), (asked, story) => {
          const texts = asked.fields.map(({ id }): [string, string] => [id, `${story.join(' ')} 7`]);
          expect(report.grade(asked, Object.fromEntries(texts))).to.equal(FULL_POINTS);
        }),
      );
    });

    const there: Record<string, string[]> = {
      time: [
        '14:05',
        '2 pm',
        '٣ مساء',
        'noon',
        'In the evning',
        'after boarding',
        "about four o'clock",
        'вечером',
        '下午',
      ],
      place: ['Gate 14', 'station', '站', 'стойка'],
      behaviour: ['He pull boy', 'man answer', '男人拉着男孩', 'ชายดึงเด็ก', 'Он тянул'],
      words: ['He say "no"', '"You ask too much"', '我不要', '“No.” she'],
      told: ['supervisor', 'my boss', 'полиция', '警察'],
    };
    const notThere: Record<string, string[]> = {
      time: ['?', '–', 'I do not know', '😀'],
      place: ['?', '12', '...'],
      behaviour: ['?', 'bad', '😀 😀'],
      words: ['?', 'nothing', '" "'],
      told: ['?', '1', '-'],
    };
    for (const id of REPORT_FIELDS) {
      it(`${id}: generous to second languages and other scripts, and no more than that`, () => {
        for (const text of there[id] ?? []) expect(points({ [id]: text }), text).to.equal(100);
        for (const text of notThere[id] ?? []) expect(points({ [id]: text }), text).to.equal(80);
      });
    }

    it('whole numbers from 0 to 100, for any answer that may be stored', () => {
      const stored = fc.dictionary(
        fc.constantFrom(...REPORT_FIELDS, 'choice'),
        fc.oneof(anyText, fc.array(anyText)),
      );
      fc.assert(
        fc.property(item, stored, (asked, response) => {
          const earned = report.grade(asked, response);
          expect(Number.isInteger(earned) && earned >= 0 && earned <= FULL_POINTS).to.equal(true);
          if (earned === FULL_POINTS) expect(report.isComplete(asked, response)).to.equal(true);
          report.summarise(asked, response, said);
          answerVerdict(asked, response);
          report.explain(asked, response, said);
        }),
      );
      expect(report.grade(gate, {})).to.equal(0);
    });
  });

  describe('loses a share for each word that describes how people are, or that judges', () => {
    const words = ['victim', 'trafficker', 'obviously', 'foreign', 'Muslim', 'poor girl', 'tattoo', 'weird'];

    it('however many fields it stands in, and never goes below nothing', () => {
      fc.assert(
        fc.property(item, fc.subarray(words), fc.constantFrom('place', 'told'), (asked, some, id) => {
          const text = `${asked.model[id] ?? ''} ${some.join(', ')}`;
          const n = asked.fields.length;
          const share = Math.round((Math.max(0, n - some.length) * FULL_POINTS) / n);
          expect(points({ [id]: text }, asked)).to.equal(share);
          expect(points({ [id]: text, time: `14:05 ${some.join(' ')}` }, asked)).to.equal(share);
        }),
      );
    });

    it('but not for what people are quoted to have said', () => {
      const quotes = [
        '"…"',
        '“…”',
        '„…“',
        '«…»',
        '»…«',
        '‘…’',
        "'…'",
        '「…」',
        '"…',
        'The man said …',
        'Man: …',
        '…',
      ];
      fc.assert(
        fc.property(fc.constantFrom(...words), fc.constantFrom(...quotes), (word, quote) => {
          const heard = quote.replace('…', `You're a ${word}, aren't you?`);
          expect(points({ words: heard }), heard).to.equal(100);
          expect(points({ behaviour: `He did it. ${heard}` }), heard).to.equal(80);
        }),
      );
    });

    it('and for what the writer adds to the quotation', () => {
      for (const words of [
        'The trafficker: "Come here."',
        'The trafficker said come here',
        '"Come here" (obviously a threat)',
      ])
        expect(points({ words }), words).to.equal(80);
    });

    it('that a case adds, in that case only', () => {
      expect(points({ place: 'On the stairs, nervous' }, desk)).to.equal(75);
      expect(points({ place: 'On the stairs, nervous' }, gate)).to.equal(100);
    });
  });

  describe('is told about', () => {
    it('in the learner’s own texts, in the order of the page', () => {
      expect(report.summarise(gate, { told: 'My boss', time: '14:05', place: ['x'] }, said)).to.deep.equal([
        '14:05',
        'My boss',
      ]);
    });

    it('by what is there and which kinds of words are not to be there', () => {
      const { complete, missing, appearance, finding } = gate.feedback;
      expect(answerVerdict(gate, whole)).to.deep.equal([complete]);
      expect(answerVerdict(gate, {})).to.deep.equal([missing]);
      expect(answerVerdict(gate, { ...whole, place: 'With a victim' })).to.deep.equal([complete, finding]);
      expect(answerVerdict(gate, { place: 'A foreign trafficker' })).to.deep.equal([
        missing,
        appearance,
        finding,
      ]);
    });

    it('with the model beside it', () => {
      const rows = report.explain(desk, { time: 'At 10 pm', told: '?' }, said);
      expect(rows.map(({ label, text, chosen, instead }) => [label, text, chosen, instead])).to.deep.equal([
        ['Time of night', desk.model.time, true, 'At 10 pm'],
        ['place', desk.model.place, false, null],
        ['words', desk.model.words, false, null],
        ['told', desk.model.told, false, '?'],
      ]);
    });

    it('on its page without the model, the feedback and the words to avoid', () => {
      const presented = report.present(desk, []);
      expect(presented).to.deep.equal({
        type: 'report',
        stem: desk.stem,
        options: [],
        limit: FIELD_LIMIT,
        fields: [
          { id: 'time', label: 'Time of night' },
          { id: 'place', label: null },
          { id: 'words', label: null },
          { id: 'told', label: null },
        ],
      });
      expect(() => report.present(desk, ['a'])).to.throw(RangeError);
    });
  });

  it('has no options to be shuffled when it is drawn', () => {
    const form = drawForm({
      items: [gate, desk],
      draw: 2,
      minCritical: 0,
      depth: 'full',
      previous: [],
      seed: 's',
    });
    expect(form.map(({ optionOrder }) => optionOrder)).to.deep.equal([[], []]);
  });

  it('earns nothing for guessing', () => {
    expect(report.guessScore(gate)).to.equal(0);
  });

  describe('is refused as an item', () => {
    const [time, place, ...others] = gate.fields;
    const faults: [string, object][] = [
      ['that is safety-critical', { critical: 'never-8' as const }],
      ['with options or a key', { options: [], key: [] }],
      ['with too few fields', { fields: [time, place], model: { time: '14:05', place: 'Gate' } }],
      ['with a field twice', { fields: [time, time, place, ...others.slice(1)] }],
      ['with a field of its own', { fields: [{ id: 'name', feedback: 'x' }, ...gate.fields.slice(1)] }],
      ['whose model leaves a field out', { model: { ...gate.model, told: undefined } }],
      ['whose model fills a field that is not asked for', { fields: gate.fields.slice(1) }],
      ['whose model holds no time', { model: { ...gate.model, time: 'unknown' } }],
      ['whose model judges', { model: { ...gate.model, place: 'Behind the trafficker' } }],
      ['whose model holds a word that the case avoids', { avoid: ['queue'] }],
      ['whose model is too long', { model: { ...gate.model, place: 'a b '.repeat(80) } }],
      ['without one of the four texts', { feedback: { ...gate.feedback, finding: ' ' } }],
    ];
    for (const [name, fault] of faults) {
      it(name, () => {
        expect(report.itemSchema.safeParse({ ...gate, ...fault }).success).to.equal(false);
      });
    }
  });
});
