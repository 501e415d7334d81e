import { borrowed } from './borrowed.js';
import { office } from './office.js';
import type { KnownPattern } from './pattern.js';
import { telegrams } from './telegrams.js';

/** Every pattern of the house. The words of the house come from the content (`words` of glossary.yaml). */
export const patterns: readonly KnownPattern[] = [...borrowed, ...office, ...telegrams];
