import type { Translate } from '../../i18n/i18n.js';
import type { Item } from '../../questions/item.js';
import { questionTypes } from '../../questions/registry.js';

/** One option of a question beside its place, its pair or nothing, and whether the key names it. */
export interface KeyRow {
  readonly label: string | null;
  readonly text: string;
  readonly correct: boolean;
}

/** A question with its key, for those who rule on it. A report has no key to show. */
export function inKeyWords(item: Item, t: Translate): KeyRow[] {
  if (item.type === 'report') return [];
  const rows = questionTypes.named(item.type).explain(item, {});
  const place = (label: string | null) =>
    label !== null && item.type === 'ordering' ? t('result.place', { place: label }) : label;
  return rows.map(({ label, text, correct }) => ({ label: place(label), text, correct }));
}
