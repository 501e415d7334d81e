import { expect } from 'chai';
import { checkContent } from '../../../server/workshop/content-check/check.js';
import { printCheck } from '../../../server/workshop/content-check/print-check.js';
import type { Content, Edition } from '../../../server/teaching/content/schema/types.js';
import { sound } from '../../teaching/content/fixture.js';
import { decisions } from './gates/gated-banks.js';

/** A course whose one bank gives its keys away by a word, and that nobody has read. */
function content(edition: Edition, count = 40): Content {
  const items = decisions(count, ({ options, key }) => ({
    options: options.map(each => (key.includes(each.id) ? { ...each, text: `calmly ${each.text}` } : each)),
  }));
  const whole = sound();
  return { ...whole, modules: whole.modules.map(module => ({ ...module, edition, items })) };
}

const lineOf = (_: string, path: readonly (string | number)[]) => 100 + Number(path[1] ?? 0);
const reportOn = (given: Content) => checkContent(given, { now: Date.parse('2026-12-01'), lineOf });
const ofGates = (found: { problem: string }[]) => found.filter(({ problem }) => problem.startsWith('Gate '));

describe('the gates in the content check', () => {
  it('fail a bank of the second edition, at the item where it is one item', () => {
    const faults = ofGates(reportOn(content(2)).faults);
    expect(faults.map(({ problem }) => problem).join('\n')).to.match(/"options only", all: lift /);
    expect(faults.find(({ problem }) => problem.includes('M2-007'))).to.include({
      file: 'routes/quiz.yaml',
      line: 107,
    });
  });

  it('ask for a look at what only people can do', () => {
    expect(ofGates(reportOn(content(2)).warnings).map(({ problem }) => problem.match(/"(.+?)"/)?.[1])).to.eql(
      ['borderline', 'blind readers'],
    );
  });

  it('report on a bank of the first edition with the same figures, and fail it never', () => {
    const [first, second] = [reportOn(content(1)), reportOn(content(2))];
    expect(ofGates([...first.faults, ...first.warnings])).to.eql([]);
    expect(first.gates.map(({ edition }) => edition)).to.eql([1]);
    expect(first.gates[0]?.measures).to.eql(second.gates[0]?.measures);
  });

  it('measure each edition apart', () => {
    const first = content(1);
    const modules = first.modules.map(module => ({
      ...module,
      items: module.items.map((item, n) => (n % 4 === 0 ? { ...item, scene: 'anywhere' as const } : item)),
    }));
    const { gates, faults } = reportOn({ ...first, modules });
    expect(gates.map(({ edition, measures }) => [edition, measures[0]?.n])).to.eql([
      [1, 30],
      [2, 10],
    ]);
    // An item that names its scene is held to the gates in a bank of the first edition, too.
    expect(ofGates(faults).map(({ problem }) => problem.match(/M2-\d+/)?.[0])).to.include('M2-000');
  });

  it('are printed with the verdict of each figure', () => {
    const printed = printCheck(reportOn(content(1)));
    expect(printed).to.match(/options only +all +40 .* broken/);
    expect(printed).to.match(/blind readers +M2-000 +0 .* broken/);
  });
});
