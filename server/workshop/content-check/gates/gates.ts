import { banks } from '../findings.js';
import type { Content, Edition } from '../../../teaching/content/schema/types.js';
import { blindReaders } from './blind-readers.js';
import { borderlines } from './borderline.js';
import { confessions } from './confessions.js';
import { cueShares } from './cue-shares.js';
import { jobSizes, promisedOwn } from './job-pool-sizes.js';
import { gatedItems, type GatedItem } from './gated-item.js';
import { keyShares } from './key-shares.js';
import type { GateMeasure } from './measure.js';
import { optionLengths } from './option-lengths.js';
import { optionsOnly } from './options-only.js';
import { ownPromises, poolsIn } from './pools.js';
import { storyOnly } from './story-only.js';

/** What the gates found of the items of one edition. */
export interface EditionGates {
  readonly edition: Edition;
  readonly measures: readonly GateMeasure[];
}

const EDITIONS: readonly Edition[] = [1, 2];

/** Every gate, for each edition that has an item. Pure and deterministic. */
export function measureGates(content: Content): EditionGates[] {
  const all = gatedItems(banks(content));
  return EDITIONS.flatMap(edition => {
    const items = all.filter(each => each.edition === edition);
    return items.length === 0 ? [] : { edition, measures: measuresOf(content, items) };
  });
}

function measuresOf(content: Content, items: readonly GatedItem[]): GateMeasure[] {
  const pools = poolsIn(content, items);
  return [
    ...optionsOnly(items),
    ...storyOnly(items),
    ...cueShares(items),
    ...confessions(items),
    ...optionLengths(items),
    ...keyShares(pools),
    ...jobSizes(pools),
    ...promisedOwn(ownPromises(content, items)),
    ...borderlines(items),
    ...blindReaders(items),
  ];
}
