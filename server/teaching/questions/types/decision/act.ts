import { noteTells, voiceFor } from './decision-words.js';
import { isUnsafe, type Deciding } from './unsafe-dispositions.js';
import type { Disposition } from './dispositions.js';

/**
 * What a disposition comes to in the jobs that an item is put to. In a shelter, in a school and on a hotline a note goes into
 * the concern log, which the person in charge reads on the same day: it is telling, and earns and counts what telling does, be
 * it the answer or the key. Only where the item calls a note unsafe is the log read too late, and a note is what it is elsewhere.
 */
export const actOf = (item: Deciding, disposition: Disposition): Disposition =>
  disposition === 'note' && noteTells(voiceFor(item)) && !isUnsafe(item, 'note') ? 'tell' : disposition;
