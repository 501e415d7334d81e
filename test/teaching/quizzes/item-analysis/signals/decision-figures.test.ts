import { expect } from 'chai';
import { csvParts } from '../../../../../server/platform/lib/text/csv.js';
import { decisionFigures } from '../../../../../server/teaching/quizzes/item-analysis/signals/decision-figures.js';
import {
  addDecisions,
  mergedDecisions,
  noDecisionSums,
} from '../../../../../server/teaching/quizzes/item-analysis/signals/decision-sums.js';
import { decisionTexts } from '../../../../../server/teaching/quizzes/item-analysis/signals/decision-texts.js';
import { sensitivity } from '../../../../../server/teaching/quizzes/item-analysis/signals/sensitivity.js';
import { signalsTable } from '../../../../../server/teaching/quizzes/item-analysis/signals/signals-csv.js';
import { wilson } from '../../../../../server/teaching/quizzes/item-analysis/signals/wilson.js';
import { said } from '../../../questions/samples.js';

type Made = Parameters<typeof addDecisions>[1][number];
const decided = (outcome: Made['outcome'], shade?: Made['shade']): Made => ({
  outcome,
  decided: 'other',
  ...(shade ? { shade } : {}),
});

/** The sums of so many people, each of whom decided what `made` says. */
function sumsOf(people: number, made: (n: number) => Made[]) {
  const sums = noDecisionSums();
  for (let n = 0; n < people; n += 1) addDecisions(sums, made(n), true);
  return sums;
}

/** Twenty-five people with four signals and four noises each: of 100, 82 and 46 yes, 10 and 20 noted. */
const course = () =>
  sumsOf(25, n =>
    [0, 1, 2, 3].flatMap(part => {
      const at = n * 4 + part;
      const hit = at < 82 ? decided('hit') : decided('miss', at < 92 ? 'late' : undefined);
      const alarm = at < 46 ? decided('alarm') : decided('rejection', at < 66 ? 'watch' : undefined);
      return [hit, alarm];
    }),
  );

describe('the decisions of a course', () => {
  it('are counted by what became of them, with the share that was passed on', () => {
    expect(
      decisionFigures(sumsOf(10, () => [decided('hit'), decided('miss', 'late'), decided('alarm')])),
    ).to.deep.equal({
      signal: { yes: 10, noted: 10, no: 0, rate: wilson(10, 20), answers: 20, people: 10 },
      noise: { yes: 10, noted: 0, no: 0, rate: wilson(10, 10), answers: 10, people: 10 },
      sensitivity: 'few',
    });
    expect(decisionFigures(noDecisionSums())).to.equal(null);
  });

  it('leave out what is no decision or is open', () => {
    const other: Made[] = [{ outcome: 'hit' }, { outcome: 'open' }, { outcome: 'open', decided: 'other' }];
    expect(decisionFigures(sumsOf(10, () => other))).to.equal(null);
  });

  it('have a sensitivity from 100 answers to each kind by 20 people on', () => {
    const found = decisionFigures(course());
    expect(found?.sensitivity).to.deep.equal(
      sensitivity({ signal: { yes: 82, of: 100 }, noise: { yes: 46, of: 100 } }),
    );
    expect(found?.signal).to.deep.include({ yes: 82, noted: null, no: null });
    expect(found?.noise).to.deep.include({ yes: 46, noted: 20, no: 34 });
  });

  for (const [what, people, each] of [
    ['99 answers', 33, 3],
    ['19 people', 19, 10],
  ] as const)
    it(`have none from ${what}, of either kind alone`, () => {
      const enough = [decided('hit'), decided('miss'), decided('hit'), decided('miss')];
      const few = (n: number) => (n < people ? Array.from({ length: each }, () => decided('alarm')) : []);
      const noiseLacks = decisionFigures(sumsOf(40, n => [...enough, ...few(n)]));
      expect(noiseLacks?.sensitivity).to.equal('few');
      const turned = (made: Made): Made =>
        ({ hit: decided('alarm'), miss: decided('rejection'), alarm: decided('hit') })[
          made.outcome as 'hit' | 'miss' | 'alarm'
        ];
      const signalLacks = decisionFigures(sumsOf(40, n => [...enough, ...few(n)].map(turned)));
      expect(signalLacks?.sensitivity).to.equal('few');
    });

  it('hide what fewer than five people did, and what would tell it', () => {
    const small = decisionFigures(sumsOf(4, () => [decided('hit'), decided('alarm')]));
    expect(small).to.deep.equal({ signal: null, noise: null, sensitivity: 'few' });
    const fewMissed = decisionFigures(
      sumsOf(30, n =>
        [0, 1, 2, 3].flatMap(() => [decided(n < 3 ? 'miss' : 'hit'), decided('rejection'), decided('alarm')]),
      ),
    );
    expect(fewMissed?.signal).to.deep.include({ yes: null, no: null, rate: 'hidden' });
    expect(fewMissed?.sensitivity).to.equal('hidden');
    const fewNoted = decisionFigures(
      sumsOf(30, n => [decided(n < 10 ? 'hit' : 'miss', n > 27 ? 'late' : undefined)]),
    );
    expect(fewNoted?.signal).to.deep.include({ yes: 10, noted: null, no: null, rate: wilson(10, 30) });
    // What is hidden of those who passed it on must not be what all others leave of the whole.
    const fewPassedOn = decisionFigures(
      sumsOf(102, n => [decided(n < 2 ? 'hit' : 'miss', n >= 2 && n < 62 ? 'late' : undefined)]),
    );
    expect(fewPassedOn?.signal).to.deep.include({ yes: null, noted: null, no: null, rate: 'hidden' });
  });

  it('are those of all quizzes, in which people who took two may be the same', () => {
    const two = [sumsOf(12, () => [decided('hit')]), sumsOf(10, () => [decided('miss')])];
    const merged = mergedDecisions(two);
    expect([merged.counts.yes.n, merged.counts.no.n]).to.deep.equal([12, 10]);
    expect(merged.attempts.signal).to.deep.equal({ n: 22, again: 10 });
    expect(decisionFigures(merged)?.signal).to.deep.include({ answers: 22, people: 12 });
    expect(decisionFigures(sumsOf(1000, () => [decided('hit')]))?.signal?.people).to.equal(20);
  });

  describe('in texts', () => {
    const texts = (sums: ReturnType<typeof sumsOf>) => {
      const found = decisionFigures(sums);
      return found && decisionTexts(found, said);
    };

    it('say the measures and where people lean, or what is missing, or that it is hidden', () => {
      expect(texts(course())).to.deep.include({ lacking: null, isHidden: false });
      expect(texts(course())?.sensitivity?.leaning).to.equal('signals.decisions.leaning.yes');
      const few = texts(sumsOf(10, n => (n < 4 ? [decided('alarm')] : [decided('hit')])));
      expect(few).to.deep.include({ sensitivity: null, isHidden: false });
      expect(few?.lacking).to.include('signals.decisions.soFar 6 100 6 20').and.include('soFarSmall');
      expect(few?.rows.map(({ cells }) => cells?.[0] ?? null)).to.deep.equal(['6', null]);
    });
  });

  it('stand in the file as a record of their own, after those of the quizzes', async () => {
    const lines = async (sums: ReturnType<typeof sumsOf>) => {
      const quizzes = [{ quiz: 'one', figures: { isSmall: true } }] as const;
      const table = signalsTable({ quizzes, decisions: decisionFigures(sums) });
      let file = '';
      for await (const { text } of csvParts(table)) file += text;
      return file.trimEnd().split('\r\n');
    };
    const [, quiz = '', all = '', ...rest] = await lines(course());
    expect(all.split(',').filter(Boolean)).to.deep.equal([
      ...['(all quizzes)', '100', '82', '0.82', '0.7333', '0.883'],
      ...['100', '46', '20', '34', '0.46', '0.3656', '0.5574'],
      ...['1.0028', '0.6257', '1.3799', '-0.402', '-0.5905', '-0.2134'],
    ]);
    expect([quiz.split(',')[0], rest]).to.deep.equal(['one', []]);
    expect(await lines(noDecisionSums())).to.have.length(2);
  });
});
