/** What a number in a cell stands for: itself, a day, or digits of which a leading zero counts (their number). */
export type CellFormat = 'number' | 'day' | { readonly digits: number };

/** The formats of ECMA-376, part 1, 18.8.30 that show a day, by their ids; 18 to 21 and 45 to 47 show times alone. */
const isBuiltInDay = (id: number): boolean =>
  (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);

/** What a format does, by its id and, where the workbook made it, its code. */
export function cellFormat(id: number, code: string | undefined): CellFormat {
  if (code === undefined) return isBuiltInDay(id) ? 'day' : 'number';
  // Without what is shown as it is, colours and conditions; the first section is for numbers above zero.
  const bare = code.replace(/"[^"]*"|\\.|\[[^\]]*\]|_.|\*./g, '').split(';')[0] ?? '';
  if (/[dy]/i.test(bare)) return 'day';
  return /^0+$/.test(bare) ? { digits: bare.length } : 'number';
}

const DAY = 86_400_000;
/** Day 0 of the two calendars of workbooks. The older one has a 29 February 1900, which never was: before it days count from one later. */
const [SINCE_1900, SINCE_1904] = [Date.UTC(1899, 11, 30), Date.UTC(1904, 0, 1)];
const NEVER_WAS = 60;

/** A number of a cell as its reader sees it: a day like "2026-11-24", whatever the hour; digits with their zeros; else plain digits. */
export function shownNumber(text: string, format: CellFormat, is1904: boolean): string {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) return text;
  if (format === 'day') return dayShown(Math.floor(value), is1904) ?? text;
  const plain = Number.isInteger(value) && Math.abs(value) < 1e21 ? BigInt(value).toString() : String(value);
  return typeof format === 'object' ? plain.padStart(format.digits, '0') : plain;
}

function dayShown(serial: number, is1904: boolean): string | null {
  if (serial < 0 || serial > 2_958_465) return null;
  const since = is1904 ? SINCE_1904 : SINCE_1900 + (serial < NEVER_WAS ? DAY : 0);
  return new Date(since + serial * DAY).toISOString().slice(0, 10);
}
