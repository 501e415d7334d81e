import { expect } from 'chai';
import fc from 'fast-check';
import type { Item } from '../../../server/teaching/questions/item.js';
import type { QuestionType } from '../../../server/teaching/questions/question-type.js';
import { questionTypes } from '../../../server/teaching/questions/question-types.js';
import { REPORT_FIELDS } from '../../../server/teaching/questions/types/report/report-record.js';
import { sampleCaseItem } from './case-samples.js';
import { reportItems } from './report-samples.js';
import { arbitraryItems } from './samples.js';
import { sampleSpot } from './spot-samples.js';

/** Something that no author wrote. */
const WORDS = 'My aunt Ruth told me in 1998';

/** The fields of an answer in which a form keeps what people type, and which its type does not name as their own words. */
function undeclared(type: QuestionType, item: Item): string[] {
  const right = type.correctResponse(item);
  return [...Object.keys(right), ...REPORT_FIELDS].filter(field => {
    const read = type.parse({ ...right, [field]: WORDS }, item);
    return (
      read.ok && JSON.stringify(read.response[field] ?? '').includes('Ruth') && !type.ownWords.includes(field)
    );
  });
}

const samples: Readonly<Record<string, readonly Item[]>> = {
  ...Object.fromEntries(
    Object.entries(arbitraryItems).map(([name, items]) => [
      name,
      fc.sample(items, { numRuns: 20, seed: 7 }) as Item[],
    ]),
  ),
  report: Object.values(reportItems()),
  scenario: [sampleCaseItem],
  spot: [sampleSpot()],
};

describe('the fields in which people write', () => {
  for (const name of questionTypes.names)
    it(`are named by the type "${name}", which an erasure goes by`, () => {
      const items = samples[name] ?? [];
      expect(items.length).to.be.greaterThan(0);
      expect(items.flatMap(item => undeclared(questionTypes.named(name), item))).to.deep.equal([]);
    });

  it('are found where a type forgets to name them', () => {
    const forgetful = { ...questionTypes.named('report'), ownWords: ['time', 'place', 'told'] };
    expect(undeclared(forgetful, reportItems().gate)).to.include.members(['behaviour', 'words']);
  });
});
