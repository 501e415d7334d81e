import { expect } from 'chai';
import fc from 'fast-check';
import { answerSchema, type Answer } from '../../../../server/teaching/questions/answer.js';
import { FULL_POINTS } from '../../../../server/teaching/questions/question-type.js';
import { questionTypes } from '../../../../server/teaching/questions/question-types.js';
import { spot } from '../../../../server/teaching/questions/types/spot/spot.js';
import type { SpotItem } from '../../../../server/teaching/questions/types/spot/spot-schema.js';
import { hostileForm, said } from '../samples.js';
import { arbitrarySpots, sampleLog, sampleSpot, spotAnswers } from '../spot-samples.js';

const everything = ({ marks }: SpotItem): Answer => ({ mark: marks.map(({ id }) => id) });
const nothing: Answer = { mark: ['none'] };
const arbitraryAnswer: fc.Arbitrary<Answer> = fc.oneof(
  fc.record({ mark: fc.subarray(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'none', 'z']) }),
  fc.record({ mark: fc.constantFrom('a', 'none', 'z', '__proto__') }),
  fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.array(fc.string()))),
);

describe('marking what to pass on', () => {
  it('is a type of the product, and takes its items unchanged', () => {
    expect(questionTypes.named('spot')).to.equal(spot);
    fc.assert(
      fc.property(arbitrarySpots, item => {
        expect(spot.itemSchema.parse(item)).to.deep.equal(item);
      }),
    );
  });

  describe('scores', () => {
    /** Two of five to be passed on: each hit is worth 50, each false alarm a third of 100. */
    const cases: [string, string[], number][] = [
      ['all hits and no false alarm in full', ['b', 'd'], 100],
      ['one hit by half', ['b'], 50],
      ['a hit less a false alarm', ['b', 'a'], 17],
      ['all hits less one false alarm', ['a', 'b', 'd'], 67],
      ['more alarms than hits as nothing', ['a', 'c', 'b'], 0],
      ['everything marked as nothing', ['a', 'b', 'c', 'd', 'e'], 0],
      ['nothing marked as nothing', ['none'], 0],
    ];
    for (const [name, mark, points] of cases) {
      it(name, () => {
        expect(spot.grade(sampleSpot(), { mark })).to.equal(points);
      });
    }

    it('leaving everything in full where nothing is to be passed on', () => {
      const item = sampleSpot({ reported: [] });
      expect(spot.grade(item, nothing)).to.equal(FULL_POINTS);
      expect(spot.grade(item, { mark: ['a'] })).to.equal(80);
      expect(spot.grade(item, everything(item))).to.equal(0);
    });

    it('with whole points from 0 to 100, in full for the right answer alone', () => {
      fc.assert(
        fc.property(arbitrarySpots, arbitraryAnswer, (item, response) => {
          const points = spot.grade(item, response);
          expect(Number.isInteger(points) && points >= 0 && points <= FULL_POINTS).to.equal(true);
          for (const each of spotAnswers(item))
            expect(spot.grade(item, each) === FULL_POINTS).to.equal(
              spot.same(each, spot.correctResponse(item)),
            );
        }),
      );
    });

    it('nothing for marking everything, for the wrong answer, and for no answer', () => {
      fc.assert(
        fc.property(arbitrarySpots, item => {
          expect(spot.grade(item, everything(item))).to.equal(0);
          expect(spot.grade(item, spot.wrongResponse(item))).to.equal(0);
          expect(spot.grade(item, {})).to.equal(0);
        }),
      );
    });

    it('another right mark with more points, another wrong one with fewer or none', () => {
      fc.assert(
        fc.property(arbitrarySpots, item => {
          for (const { mark } of spotAnswers(item)) {
            const given = mark.filter(id => id !== 'none');
            const before = spot.grade(item, { mark });
            for (const { id, report } of item.marks.filter(each => !given.includes(each.id))) {
              const after = spot.grade(item, { mark: [...given, id] });
              expect(report ? after >= before : after <= before, `${given.join()} ${id}`).to.equal(true);
            }
          }
        }),
        { numRuns: 20 },
      );
    });

    it('a guess with the mean over all complete answers', () => {
      fc.assert(
        fc.property(arbitrarySpots, item => {
          const points = spotAnswers(item).map(answer => spot.grade(item, answer));
          const mean = points.reduce((sum, each) => sum + each, 0) / points.length / FULL_POINTS;
          expect(spot.guessScore(item)).to.be.closeTo(mean, 1e-9);
        }),
      );
    });
  });

  describe('is unsafe', () => {
    const item = sampleSpot({}, { critical: 'never-2', unsafe: ['b'] });

    it('where a part is left that must be passed on, whatever else is marked', () => {
      expect(spot.unsafe(item, { mark: ['d'] })).to.deep.equal(['never-2']);
      expect(spot.unsafe(item, nothing)).to.deep.equal(['never-2']);
      expect(spot.unsafe(item, { mark: ['b'] })).to.deep.equal([]);
      expect(spot.unsafe(item, everything(item))).to.deep.equal([]);
    });

    it('by the rule about passing on, where the item names none', () => {
      expect(spot.unsafe(sampleSpot({}, { unsafe: ['b'] }), nothing)).to.deep.equal(['always-1']);
    });

    it('never without such a part, and never without an answer', () => {
      expect(spot.unsafe(sampleSpot(), nothing)).to.deep.equal([]);
      expect(spot.unsafe(item, {})).to.deep.equal([]);
    });
  });

  describe('reads a form', () => {
    it('with every answer that a page can send', () => {
      fc.assert(
        fc.property(arbitrarySpots, item => {
          for (const response of spotAnswers(item)) {
            expect(spot.parse({ ...response, _csrf: 'x' }, item)).to.deep.equal({ ok: true, response });
            expect(spot.isComplete(item, response)).to.equal(true);
          }
        }),
        { numRuns: 20 },
      );
    });

    it('in the order of the exhibit, and one mark without a list', () => {
      expect(spot.parse({ mark: ['d', 'a'] }, sampleSpot())).to.deep.equal({
        ok: true,
        response: { mark: ['a', 'd'] },
      });
      expect(spot.parse({ mark: 'b' }, sampleSpot())).to.deep.equal({ ok: true, response: { mark: ['b'] } });
    });

    it('and refuses marks beside nothing, marks of another item, and an empty form', () => {
      const problem = (form: unknown) => spot.parse(form, sampleSpot());
      expect(problem({ mark: ['none', 'a'] })).to.deep.equal({
        ok: false,
        problem: 'too-many',
        typed: { mark: ['a', 'none'] },
      });
      expect(problem({ mark: ['a', 'g'] })).to.deep.equal({ ok: false, problem: 'unreadable' });
      expect(problem({ mark: ['a', 'a'] })).to.deep.equal({ ok: false, problem: 'unreadable' });
      expect(problem({})).to.deep.equal({ ok: false, problem: 'missing' });
    });

    it('and never throws, nor keeps what is no answer', () => {
      fc.assert(
        fc.property(arbitrarySpots, hostileForm, fc.anything(), (item, form, value) => {
          for (const sent of [form, { mark: value }]) {
            const parsed = spot.parse(sent, item);
            if (!parsed.ok) continue;
            expect(answerSchema.parse(parsed.response)).to.deep.equal(parsed.response);
            expect(spotAnswers(item)).to.deep.include(parsed.response);
          }
        }),
      );
    });
  });

  describe('is shown', () => {
    it('with the exhibit and its parts, and nothing that depends on the key', () => {
      fc.assert(
        fc.property(arbitrarySpots, item => {
          const shown = spot.present(item, []);
          expect(shown.options.map(({ id }) => id)).to.deep.equal(item.marks.map(({ id }) => id));
          const turned = item.marks.map(mark => ({ ...mark, report: !mark.report, feedback: 'Other' }));
          expect(spot.present({ ...item, marks: turned.toReversed() }, [])).to.deep.equal(shown);
          expect(JSON.stringify(shown)).not.to.match(/SECRET|"report"|"unsafe"|"feedback"/);
        }),
      );
    });

    it('in words without its feedback, and with what passes nothing on', () => {
      expect(spot.summarise(sampleSpot(), { mark: ['b', 'a'] }, said)).to.deep.equal([
        '00:10: Entry a',
        '01:10: Entry b',
      ]);
      expect(spot.summarise(sampleSpot(), nothing, said)).to.deep.equal(['spot.nothing']);
      expect(spot.summarise(sampleSpot(), {}, said)).to.deep.equal([]);
    });

    it('explained part by part: what is right, and what the learner did instead', () => {
      const rows = spot.explain(sampleSpot({ count: 3, reported: ['b'] }), { mark: ['a', 'b'] }, said);
      expect(rows.map(({ text, chosen, instead }) => [text, chosen, instead])).to.deep.equal([
        ['spot.leave', false, 'spot.passOn'],
        ['spot.passOn', true, null],
        ['spot.leave', true, null],
      ]);
      expect(rows.every(({ feedback }) => feedback.startsWith('SECRET'))).to.equal(true);
      const blank = spot.explain(sampleSpot(), {}, said);
      expect(blank.some(({ chosen, instead }) => chosen || instead !== null)).to.equal(false);
    });
  });

  it('counts the parts that were marked, and marking nothing', () => {
    const item = sampleSpot();
    const choices = spot.choices(item);
    expect(choices.filter(({ isRight }) => isRight).map(({ id }) => id)).to.deep.equal(['b', 'd']);
    expect(spot.chosen(item, { mark: ['a', 'b'] })).to.deep.equal(['a', 'b']);
    expect(spot.chosen(item, nothing)).to.deep.equal(['none']);
    expect(spot.chosen(item, {})).to.deep.equal([]);
    const ordinary = spot.choices(sampleSpot({ reported: [] }));
    expect(ordinary.filter(({ isRight }) => isRight).map(({ id }) => id)).to.deep.equal(['none']);
  });

  it('goes to other programs as a choice of several, saying what is lost; not where nothing is right', () => {
    const exported = spot.exchange(sampleSpot({}, { unsafe: ['b'] }));
    expect(exported?.item).to.include({ form: 'several' }).and.not.have.any.keys('marks', 'unsafe');
    expect(exported?.item.key).to.deep.equal(['b', 'd']);
    expect(exported?.item.options.map(({ text }) => text)).to.include('01:10: Entry b');
    expect(exported?.losses.gift.map(({ code, about }) => [code, about])).to.deep.equal([
      ['lost-part', undefined],
      ['left-out', 'unsafe'],
    ]);
    expect(spot.exchange(sampleSpot({ reported: [] }))).to.equal(null);
  });

  describe('refuses an item', () => {
    const faults: [string, object, RegExp][] = [
      ['without a mark for a part that has an id', { exhibit: sampleLog(6) }, /does not judge the part "f"/],
      ['with a mark for no part', { exhibit: sampleLog(4) }, /no part "e"/],
      [
        'with two marks for a part',
        { marks: sampleSpot().marks.map(mark => ({ ...mark, id: 'a' })) },
        /twice/,
      ],
      [
        'with nothing to leave',
        { marks: sampleSpot().marks.map(mark => ({ ...mark, report: true })) },
        /leave/,
      ],
      ['with an ordinary part that must not be left', { unsafe: ['a'] }, /"a" is nothing/],
      ['that tests a safety rule by no part', { critical: 'never-2' }, /safety rule/],
      [
        'with a part called none',
        { marks: [{ ...sampleSpot().marks[0], id: 'none' }, ...sampleSpot().marks] },
        /none/,
      ],
      ['without an exhibit', { exhibit: undefined }, /./],
      ['with an exhibit of no kind', { exhibit: { kind: 'photo', title: 'A face' } }, /./],
    ];
    for (const [name, changes, problem] of faults) {
      it(name, () => {
        const parsed = spot.itemSchema.safeParse({ ...sampleSpot(), ...changes });
        expect(parsed.error?.issues.map(({ message }) => message).join(' ')).to.match(problem);
      });
    }

    it('but not for an exhibit that is only named: it is looked up later', () => {
      const named = { ...sampleSpot(), exhibit: 'night-desk' };
      expect(spot.itemSchema.parse(named)).to.deep.equal(named);
    });
  });
});
