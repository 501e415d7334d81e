import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { isIn } from '../../../server/workshop/language/find-language.js';
import { patterns } from '../../../server/workshop/language/patterns.js';
import type { Where } from '../../../server/workshop/language/language-text.js';

/**
 * Sentences drawn by chance from the product (`draw-sentences.ts`, seed `held-1`) before they were edited. Two readers, each by
 * itself, said of each whether a careful native editor would print it; `marks` is how many would not. No pattern may be written from
 * them: they measure what the check is worth on sentences that it does not know.
 */
interface HeldSet {
  /** Of the sentences that both readers marked, how many the patterns find. */
  readonly found: number;
  readonly of: number;
  /** Of the sentences that neither marked, how many the patterns find all the same. */
  readonly alarms: number;
  readonly unmarked: number;
  readonly sentences: readonly (readonly [body: string, marks: number, sentence: string])[];
}

const heldSet = JSON.parse(readFileSync(new URL('held-set.json', import.meta.url), 'utf8')) as HeldSet;

const WHERE: Readonly<Record<string, Where>> = { office: 'screens', learners: 'screens', papers: 'screens' };

const isFound = (body: string, sentence: string): boolean =>
  patterns
    .filter(({ where, role }) => !role && (!where || where.includes(WHERE[body] ?? 'lessons')))
    .some(pattern => isIn(pattern, sentence));

describe('the recall of the language check', () => {
  const marked = (marks: number) => heldSet.sentences.filter(([, by]) => by === marks);
  const foundIn = (marks: number) =>
    marked(marks).filter(([body, , sentence]) => isFound(body, sentence)).length;

  it('is the number in the held set, of sentences that both readers marked', () => {
    expect({ found: foundIn(2), of: marked(2).length }).to.deep.equal({
      found: heldSet.found,
      of: heldSet.of,
    });
  });

  it('has the number of false alarms in the held set, of sentences that neither marked', () => {
    const { alarms, unmarked } = heldSet;
    expect({ alarms: foundIn(0), unmarked: marked(0).length }).to.deep.equal({ alarms, unmarked });
  });
});
