import type { Option } from './item.js';
import type { Problem } from './question-type.js';

type Chosen = { ok: true; ids: readonly string[] } | { ok: false; problem: Problem };

/**
 * The texts that a raw form holds under `field`: none when the field is absent, several when its
 * key repeats. Null when there is anything but text. Inherited fields do not count.
 */
export function readTexts(form: unknown, field: string): readonly string[] | null {
  if (typeof form !== 'object' || form === null || !Object.hasOwn(form, field)) return [];
  const value: unknown = Reflect.get(form, field);
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.every(each => typeof each === 'string') ? values : null;
}

/** The options chosen under `field`, at most `most` of them, in the order the item lists them. */
export function readChosen(
  form: unknown,
  { field, options, most }: { field: string; options: readonly Option[]; most: number },
): Chosen {
  const texts = readTexts(form, field);
  if (texts === null) return { ok: false, problem: 'unreadable' };
  const ids = options.map(option => option.id).filter(id => texts.includes(id));
  if (ids.length !== texts.length) return { ok: false, problem: 'unreadable' };
  return ids.length > most ? { ok: false, problem: 'too-many' } : { ok: true, ids };
}
