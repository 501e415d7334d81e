import { typed } from '../../../platform/http/forms.js';
import {
  faultsOfColumns,
  FIELDS,
  type RosterColumns,
  type ColumnFault,
  type Field,
} from './reading/columns.js';
import type { DayOrder } from './reading/roster-days.js';
import type { RosterChoice } from './rosters.js';

export type ReadChoice =
  | { readonly ok: true; readonly chosen: Omit<RosterChoice, 'answers'> }
  | {
      readonly ok: false;
      readonly chosen: Omit<RosterChoice, 'answers'>;
      readonly faults: Partial<Record<Field, ColumnFault>>;
    };

/** What somebody chose for a file with this many columns; with what they have to change, where it cannot be used. */
export function readChoice(body: unknown, width: number): ReadChoice {
  const columns: Partial<Record<Field, number>> = {};
  for (const field of FIELDS) {
    const at = typed(body, fieldName(field));
    if (/^\d{1,3}$/.test(at)) columns[field] = Number(at);
  }
  const faults = faultsOfColumns(columns, width);
  const chosen = {
    columns: columns as RosterColumns,
    dayOrder: orderIn(typed(body, 'dayOrder')),
    isWhole: typed(body, 'isWhole') === 'yes',
    makesUnits: typed(body, 'makesUnits') === 'yes',
  };
  return Object.keys(faults).length === 0 ? { ok: true, chosen } : { ok: false, chosen, faults };
}

/** What the form calls the column of a field. */
export const fieldName = (field: Field): string => `column-${field}`;

const orderIn = (text: string): DayOrder | null =>
  text === 'day-first' || text === 'month-first' ? text : null;
