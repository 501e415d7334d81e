import { expect } from 'chai';
import { judgeLanguage } from '../../../server/workshop/language/judge-language.js';
import type { LanguageFault } from '../../../server/workshop/language/language-text.js';

const fault = (sentence: string, more: Partial<LanguageFault> = {}): LanguageFault => ({
  ...{ file: 'a.md', line: 1, pattern: 'in-doubt', better: 'If in doubt', reported: false },
  sentence,
  ...more,
});
const excuse = { pattern: 'in-doubt', sentence: 'In doubt, "wait".', reason: 'A quotation.' };
const told = (faults: readonly LanguageFault[]): string[] => faults.map(({ sentence }) => sentence);

describe('what the language check lets stay', () => {
  it('is a sentence that is excused word for word, whatever its quotation marks', () => {
    const faults = [fault('In doubt, “wait”.'), fault('In doubt, call.')];
    const judged = judgeLanguage(faults, { excused: [excuse], held: {} });
    expect(told(judged.failing)).to.deep.equal(['In doubt, call.']);
    expect(judged.idle).to.deep.equal([]);
  });

  it('is no sentence of another pattern, and an excuse of nothing is named', () => {
    const faults = [fault('In doubt, “wait”.', { pattern: 'says-wait' })];
    const judged = judgeLanguage(faults, { excused: [excuse], held: {} });
    expect(told(judged.failing)).to.deep.equal(['In doubt, “wait”.']);
    expect(judged.idle).to.deep.equal([excuse]);
  });

  it('is as many as are held, and not one more', () => {
    const faults = [fault('One.'), fault('Two.')];
    const at = (held: number) => judgeLanguage(faults, { excused: [], held: { 'in-doubt': held } });
    expect(told(at(2).failing)).to.deep.equal([]);
    expect(told(at(2).open)).to.deep.equal(['One.', 'Two.']);
    expect(told(at(1).failing)).to.deep.equal(['One.', 'Two.']);
    expect(at(2).lower).to.deep.equal([]);
    expect(at(3).lower).to.deep.equal([{ pattern: 'in-doubt', held: 3, found: 2 }]);
  });

  it('is what is only reported, which no ceiling counts', () => {
    const faults = [fault('One.', { reported: true }), fault('Two.')];
    const judged = judgeLanguage(faults, { excused: [], held: { 'in-doubt': 1 } });
    expect(judged.failing).to.deep.equal([]);
    expect(judged.lower).to.deep.equal([]);
  });
});
