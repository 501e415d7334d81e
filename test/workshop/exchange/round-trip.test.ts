import { expect } from 'chai';
import fc from 'fast-check';
import { readYaml } from '../../../server/teaching/content/load/validation.js';
import { curlyQuotes } from '../../../server/teaching/content/load/quotes.js';
import { quizSchema } from '../../../server/teaching/content/schema/quiz-schema.js';
import { bankItemSchema } from '../../../server/teaching/questions/bank-item.js';
import { exportItems, FORMATS } from '../../../server/workshop/exchange/export.js';
import { importItems } from '../../../server/workshop/exchange/import.js';
import { arbitraryBank, arbitraryItems } from './samples.js';

/** As the reader of the content gives them: with quotation marks that open and close. */
const asRead = <T>(items: T): T =>
  JSON.parse(JSON.stringify(items), (_, value: unknown) =>
    typeof value === 'string' ? curlyQuotes(value) : value,
  ) as T;

const target = { bank: 'foundations', known: [] };

describe('the items of these tests', () => {
  for (const [type, items] of Object.entries(arbitraryItems)) {
    it(`are such as a bank holds: ${type}`, () => {
      fc.assert(fc.property(items, item => void expect(bankItemSchema.parse(item)).to.deep.equal(item)));
    });
  }
});

describe('our own export, imported again', () => {
  for (const format of FORMATS) {
    for (const [type, items] of Object.entries(arbitraryItems)) {
      it(`makes the same item: ${format}, ${type}`, async () => {
        await fc.assert(
          fc.asyncProperty(items, async item => {
            const { bytes } = exportItems(format, 'foundations', [item]);
            const { drafts, entries } = await importItems(format, bytes, target);
            expect(drafts).to.deep.equal([item]);
            expect(entries.filter(({ outcome }) => outcome !== 'taken')).to.deep.equal([]);
          }),
          { numRuns: 80 },
        );
      });
    }

    it(`makes the same bank in the same order, and a quiz.yaml that reads as it: ${format}`, async () => {
      await fc.assert(
        fc.asyncProperty(arbitraryBank, async items => {
          const { bytes } = exportItems(format, 'foundations', items);
          const { drafts, yaml } = await importItems(format, bytes, target);
          expect(drafts).to.deep.equal(items);
          const read = readYaml(quizSchema, 'quiz.yaml', yaml ?? '');
          expect(read).to.have.property('ok', true);
          if (read.ok) expect(read.loaded.value.items).to.deep.equal(asRead(items));
        }),
        { numRuns: 40 },
      );
    });

    it(`is the same file each time: ${format}`, () => {
      fc.assert(
        fc.property(arbitraryBank, items => {
          const [one, two] = [exportItems(format, 'b', items), exportItems(format, 'b', items)];
          expect(Buffer.from(one.bytes).equals(Buffer.from(two.bytes))).to.equal(true);
        }),
        { numRuns: 5 },
      );
    });
  }
});
