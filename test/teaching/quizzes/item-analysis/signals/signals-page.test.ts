import { expect } from 'chai';
import { signalTables } from '../../../../../server/teaching/quizzes/item-analysis/signals/signals-page.js';
import { translator } from '../../../../../server/platform/i18n/i18n.js';
import type {
  Rate,
  SignalFigures,
} from '../../../../../server/teaching/quizzes/item-analysis/signals/signal-sums.js';

const t = translator('en');
const share: Rate = { share: 0.3, low: 0.15, high: 0.52 };

const figures = (missRate: Rate, alarmRate: Rate): SignalFigures => ({
  isSmall: false,
  attempts: 20,
  without: 0,
  concern: { right: 14, other: 0, missed: 6, open: 0 },
  noConcern: { left: 13, alarm: 7, open: 0 },
  byLooks: 7,
  missRate,
  alarmRate,
});

describe('the bars of a course', () => {
  it('are of the quizzes with a rate; the table is of all', () => {
    const quizzes = [
      { name: 'Nothing', figures: figures(null, 'hidden') },
      { name: 'One rate', figures: figures(share, null) },
    ];
    const { lines, plot } = signalTables(quizzes, t);
    expect(lines.map(({ name }) => name)).to.deep.equal(['Nothing', 'One rate']);
    expect(plot?.bars.map(({ label }) => label)).to.deep.equal(['One rate']);
    expect(plot?.label).to.not.include('Nothing');
  });

  it('are not there where no quiz has a rate', () => {
    expect(signalTables([{ name: 'Nothing', figures: figures('hidden', null) }], t).plot).to.equal(null);
  });
});
