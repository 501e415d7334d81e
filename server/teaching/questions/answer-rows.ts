import type { Answer } from './answer.js';
import { readTexts } from './form.js';
import type { Mending, Parsed } from './question-type.js';

/**
 * A question that is answered by one select in each row: the names of the selects, all with one beginning
 * (`place-a`, `place-b`), and the values that each of them offers. No value may stand in two rows.
 */
export interface Rows {
  readonly fields: readonly string[];
  readonly values: readonly string[];
}

/**
 * Reads the rows that were answered; a blank select is left out. A value that stands twice is kept, so that the
 * learner finds it on the page to be mended: `openFields` tells of it, and it earns nothing.
 */
export function readRows(form: unknown, rows: Rows): Parsed {
  if (holdsForeign(form, rows.fields)) return { ok: false, problem: 'unreadable' };
  const response: Record<string, string> = {};
  for (const field of rows.fields) {
    const texts = readTexts(form, field);
    const [text = ''] = texts ?? [];
    if (texts === null || texts.length > 1 || !['', ...rows.values].includes(text))
      return { ok: false, problem: 'unreadable' };
    if (text !== '') response[field] = text;
  }
  return Object.keys(response).length === 0 ? { ok: false, problem: 'missing' } : { ok: true, response };
}

/** The value given in a row; null when there is none, or none of this question. */
export function valueIn(response: Answer, field: string, { values }: Rows): string | null {
  const value = response[field];
  return typeof value === 'string' && values.includes(value) ? value : null;
}

/** The rows that are not answered yet, or have a value that another row has, too. None: the answer is whole. */
export function openFields(response: Answer, rows: Rows): readonly string[] {
  const given = rows.fields.map(field => valueIn(response, field, rows));
  return rows.fields.filter((_, at) => {
    const value = given[at] ?? null;
    return value === null || given.indexOf(value) !== given.lastIndexOf(value);
  });
}

/** What is still to be done in the rows; `lack` says it, in other words once an answer is kept. */
export function mendRows(response: Answer, rows: Rows, lack: (isKept: boolean) => string): Mending {
  const open = openFields(response, rows);
  const isKept = Object.keys(response).length > 0;
  const field = open[0] ?? rows.fields[0] ?? '';
  return { field, open, lack: open.length === 0 ? null : lack(isKept) };
}

/** A row of another question: no page of ours sends it with this one. */
function holdsForeign(form: unknown, fields: readonly string[]): boolean {
  if (typeof form !== 'object' || form === null) return false;
  const beginning = fields[0]?.slice(0, fields[0].indexOf('-') + 1) ?? '';
  return Object.keys(form).some(name => name.startsWith(beginning) && !fields.includes(name));
}
