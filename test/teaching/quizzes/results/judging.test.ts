import { expect } from 'chai';
import { installedViews } from '../../../../server/platform/http/installed-views.js';
import { translator } from '../../../../server/platform/i18n/i18n.js';

const views = installedViews();

describe('how situations were judged', () => {
  const shown = (passed: boolean): string => {
    const signals = {
      concern: { count: 3, acted: 2, right: 2, late: 1, blank: 0 },
      noConcern: { count: 3, left: 3, watch: 1, blank: 0 },
      byLooks: 0,
    };
    const shell = { locale: 'en', dir: 'ltr', t: translator('en') } as const;
    return views.renderFragment(
      'teaching/quizzes/results/_judging',
      { passed, signals, calibration: null },
      shell,
    );
  };

  it('says after a pass alone what was only noted: one such situation would name its question', () => {
    for (const mark of ['data-late', 'data-watch']) {
      expect(shown(true)).to.include(mark);
      expect(shown(false)).to.not.include(mark);
    }
    expect(shown(false)).to.include('<li>');
  });
});
