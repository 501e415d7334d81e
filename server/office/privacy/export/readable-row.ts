import type { Table } from '../../../platform/db/table.js';

/**
 * A stored row as an export gives it: moments as ISO 8601 in UTC, truth as true and false on either database, and what is
 * stored as JSON as what it says.
 */
export const readable = (row: Record<string, unknown>, { columns }: Table): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, valueOf(value, columns[name]?.type.key ?? '', name)]),
  );

function valueOf(value: unknown, type: string, name: string): unknown {
  if (value === null) return null;
  if (type === 'BOOLEAN') return Boolean(value);
  if (type === 'BIGINT') return MOMENT.test(name) ? new Date(Number(value)).toISOString() : Number(value);
  return typeof value === 'string' && /^[[{]/.test(value) ? asJson(value) : value;
}

/** What a moment is called in every table. */
const MOMENT = /(At|Until)$/;

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
