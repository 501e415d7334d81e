import { expect } from 'chai';
import { caseRows } from '../../../server/workshop/content-check/case-rows.js';
import { checkContent } from '../../../server/workshop/content-check/check.js';
import { printCheck } from '../../../server/workshop/content-check/print-check.js';
import { loadContent } from '../../../server/teaching/content/load/load.js';
import type { Scenario } from '../../../server/teaching/questions/types/scenario/scenario-shape.js';
import { branchingCase, sampleCase } from '../../teaching/questions/case-samples.js';
import { files, withFolder } from '../../teaching/content/fixture.js';

function content() {
  const loaded = withFolder(files(), loadContent);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults));
  return loaded.content;
}

/** The content with these cases for its finals. */
const withFinals = (...scenarios: Scenario[]) => ({
  ...content(),
  final: { edition: 2 as const, items: [], scenarios, exhibits: [], blind: { readers: [], readings: [] } },
});

/** The row of a case at the end of a course. */
const rowOf = (scenario: Scenario) => caseRows({ ...withFinals(scenario), modules: [] })[0];

describe('the table of cases', () => {
  it('has a row for the case of each module and of each final', () => {
    const rows = caseRows(withFinals(sampleCase, branchingCase));
    expect(rows.map(({ id, place }) => [id, place])).to.deep.equal([
      ['M2-S', 'routes'],
      ['EX-S9', 'final'],
      ['EX-S8', 'final'],
    ]);
  });

  it('says whether a case branches, how long it is, and how it may end', () => {
    expect(rowOf(branchingCase)).to.deep.include({
      scenes: 3,
      decisions: { least: 1, most: 2 },
      branches: true,
      endings: ['passed-on', 'passed-on-fine', 'not-told', 'told-late'],
    });
    expect(rowOf(sampleCase)).to.deep.include({ branches: false, endings: ['passed-on', 'no-concern'] });
  });

  it('says where the best choice stands, and how often it is the longest', () => {
    const texts = (...lengths: number[]) => ({
      ...branchingCase,
      nodes: branchingCase.nodes.map((node, n) => ({
        ...node,
        choices: [...node.choices.slice(n), ...node.choices.slice(0, n)].map(choice => ({
          ...choice,
          text: 'x'.repeat(choice.id === 'a' ? (lengths[n] ?? 1) : 5),
        })),
      })),
    });
    expect(rowOf(texts(9, 5, 4))).to.deep.include({ keys: [1, 1, 1], longestKey: 1 / 3 });
  });

  it('counts as in need of no report what is no concern, or is found to be none on the best path', () => {
    const endings = (kind: 'no-concern' | 'passed-on-fine') =>
      sampleCase.endings.map(ending => ({ ...ending, kind }));
    expect(rowOf(sampleCase)?.needsNoReport).to.equal(false);
    expect(rowOf({ ...sampleCase, judgement: 'no-concern' })?.needsNoReport).to.equal(true);
    expect(rowOf({ ...sampleCase, endings: endings('no-concern') })?.needsNoReport).to.equal(true);
    expect(rowOf({ ...sampleCase, endings: endings('passed-on-fine') })?.needsNoReport).to.equal(false);
  });

  it('is part of the report, and stops nothing', () => {
    const report = checkContent(content(), { now: 0 });
    expect(report.cases.map(({ id }) => id)).to.deep.equal(['M2-S']);
    expect(JSON.stringify([report.faults, report.warnings])).to.not.include('M2-S');
    expect(printCheck(report)).to.match(/^ +M2-S +routes +2 +1 to 2 +no /m);
  });
});
