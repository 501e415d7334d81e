import { banks } from '../check/findings.js';
import type { Content, Edition } from '../schema/types.js';
import { blindReaders } from './blind-readers.js';
import { borderlines } from './borderline.js';
import { confessions } from './confessions.js';
import { cueShares } from './cue-shares.js';
import { familySizes, promisedFamilies } from './families.js';
import { gatedItems } from './gated-item.js';
import { keyShares } from './key-shares.js';
import type { GateMeasure } from './measure.js';
import { optionLengths } from './option-lengths.js';
import { optionsOnly } from './options-only.js';
import { familyPromises, poolsIn } from './pools.js';
import { storyOnly } from './story-only.js';

/** What the gates found of the banks of one edition. */
export interface EditionGates {
  readonly edition: Edition;
  readonly measures: readonly GateMeasure[];
}

const EDITIONS: readonly Edition[] = [1, 2];

/** Every gate, for each edition that has a bank. Pure and deterministic. */
export const measureGates = (content: Content): EditionGates[] =>
  EDITIONS.filter(edition => banks(content).some(bank => bank.edition === edition)).map(edition => ({
    edition,
    measures: measuresOf(content, edition),
  }));

function measuresOf(content: Content, edition: Edition): GateMeasure[] {
  const all = gatedItems(banks(content));
  const items = all.filter(({ bank }) => bank.edition === edition);
  const pools = poolsIn(content, items);
  return [
    ...optionsOnly(items),
    ...storyOnly(items),
    ...cueShares(items),
    ...confessions(items),
    ...optionLengths(items),
    ...keyShares(pools),
    ...familySizes(pools),
    // A final may draw from banks of both editions: what it promises is kept out of all of them.
    ...promisedFamilies(
      familyPromises(content, all).filter(promise =>
        promise.items.some(({ bank }) => bank.edition === edition),
      ),
    ),
    ...borderlines(items),
    ...blindReaders(items),
  ];
}
