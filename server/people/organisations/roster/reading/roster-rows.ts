import { emailField, nameField } from '../../../accounts/account-fields.js';
import type { Employment } from '../../people/member-facts.js';
import type { RosterColumns, Field } from './columns.js';
import { readRosterDay, type DayOrder } from './roster-days.js';
import type { TableRow } from './roster-table.js';

/** A person as a row of a roster describes them. What a row leaves empty is null, and stays as it is. */
export interface RosterPerson {
  readonly staffNumber: string;
  readonly name: string;
  readonly email: string | null;
  readonly unit: string | null;
  readonly job: string | null;
  readonly hiredOn: string | null;
  readonly tags: readonly string[] | null;
  readonly employment: Employment | null;
}

/** What is wrong with a row. `code` has a text that says how to repair it; `found` is what stood there. */
export interface RowFault {
  readonly code: RowFaultCode;
  readonly found: string;
}

type RowFaultCode =
  | 'cells'
  | 'letters'
  | 'number'
  | 'number-long'
  | 'name'
  | 'name-letters'
  | 'name-long'
  | 'email'
  | 'day'
  | 'day-two-digits'
  | 'day-order'
  | 'day-far'
  | 'job-long'
  | 'tags'
  | 'employment';

/** How a file is read: its columns, the order of its days, and today in the organisation's zone ("2026-11-28"). */
export interface ReadingOptions {
  readonly columns: RosterColumns;
  readonly dayOrder: DayOrder | null;
  readonly width: number;
  readonly today: string;
}

export type ReadRow =
  | { readonly ok: true; readonly person: RosterPerson }
  | { readonly ok: false; readonly faults: readonly RowFault[] };

/** Most of a number, a job, a unit and a tag, as the tables hold them; most tags of a person. */
const [MAX_SHORT, MAX_TAGS] = [60, 20];

/** One row as a person, or everything that is wrong with it. */
export function readRow({ cells }: TableRow, options: ReadingOptions): ReadRow {
  const faults: RowFault[] = [];
  const fault = (code: RowFaultCode, found: string) => void faults.push({ code, found: found.slice(0, 100) });
  const of = (field: Field) => cells[options.columns[field] ?? -1] ?? '';
  const extra = cells.slice(options.width).join(' ');
  if (extra.trim() !== '') fault('cells', extra);
  const person = {
    staffNumber: numberIn(of('staffNumber'), fault),
    name: nameIn(of('name') || `${of('givenName')} ${of('familyName')}`.trim(), fault),
    email: emailIn(of('email'), fault),
    unit: lettersIn(of('unit'), fault) || null,
    job: jobIn(lettersIn(of('job'), fault), fault),
    hiredOn: dayIn(of('hiredOn'), options, fault),
    tags: tagsIn(lettersIn(of('tags'), fault), fault),
    employment: employmentIn(of('employment'), fault),
  };
  return faults.length > 0 ? { ok: false, faults } : { ok: true, person };
}

type Report = (code: RowFaultCode, found: string) => void;

/** As it stands, with its leading zeros: `007` and `7` are two people. */
function numberIn(text: string, fault: Report): string {
  if (text === '' || /\p{Cc}/u.test(text)) fault('number', text);
  if (text.length > MAX_SHORT) fault('number-long', text);
  return text.normalize('NFC');
}

/** A cell on one line. Control characters can be stored nowhere, or turn around what stands beside them. */
function lettersIn(text: string, fault: Report): string {
  const line = text.replace(/\s+/g, ' ');
  if (/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u.test(line)) fault('letters', line);
  return line;
}

const name = nameField('errors.name');
const NAME_FAULTS: Readonly<Record<string, RowFaultCode>> = {
  'errors.name-letters': 'name-letters',
  'errors.name-long': 'name-long',
};

function nameIn(text: string, fault: Report): string {
  const parsed = name.safeParse(text);
  if (parsed.success) return parsed.data;
  fault(NAME_FAULTS[parsed.error.issues[0]?.message ?? ''] ?? 'name', text);
  return '';
}

function emailIn(text: string, fault: Report): string | null {
  if (text === '') return null;
  const parsed = emailField.safeParse(text);
  if (!parsed.success) fault('email', text);
  return parsed.data ?? null;
}

function jobIn(text: string, fault: Report): string | null {
  const job = text.normalize('NFC');
  if (job.length > MAX_SHORT) fault('job-long', job);
  return job || null;
}

/** Nobody was hired before 1900, and nobody is entered more than a year before they begin. */
function dayIn(text: string, { dayOrder, today }: ReadingOptions, fault: Report): string | null {
  if (text === '') return null;
  const read = readRosterDay(text, dayOrder);
  if (!read.ok) {
    fault(read.fault, text);
    return null;
  }
  const nextYear = `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`;
  if (read.day < '1900-01-01' || read.day > nextYear) fault('day-far', text);
  return read.day;
}

function tagsIn(text: string, fault: Report): string[] | null {
  if (text === '') return null;
  const tags = [
    ...new Set(
      text
        .normalize('NFC')
        .split(/[;,|]/)
        .map(tag => tag.trim())
        .filter(Boolean),
    ),
  ].sort();
  if (tags.length > MAX_TAGS || tags.some(tag => tag.length > MAX_SHORT)) fault('tags', text);
  return tags;
}

/** What files say of an employment, in lower case. */
const EMPLOYMENTS: Readonly<Record<Employment, readonly string[]>> = {
  active: ['active', 'current', 'employed', 'yes', 'true', '1', 'y', 'a', 'aktiv', 'activo', 'actif'],
  'on-leave': ['on leave', 'on-leave', 'leave', 'leave of absence', 'loa', 'parental leave'],
  left: [
    'left',
    'leaver',
    'terminated',
    'ended',
    'former',
    'no',
    'false',
    '0',
    'n',
    'tobedeleted',
    'ausgetreten',
  ],
};

function employmentIn(text: string, fault: Report): Employment | null {
  if (text === '') return null;
  const said = text.toLowerCase();
  const found = (Object.keys(EMPLOYMENTS) as Employment[]).find(each => EMPLOYMENTS[each].includes(said));
  if (!found) fault('employment', text);
  return found ?? null;
}
