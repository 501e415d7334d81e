import { decode } from './decode.js';
import { toDraft, type Draft, type Found } from './draft.js';
import type { Format } from './export.js';
import { categoryOf } from './conventions.js';
import { readGift } from './gift/gift-read.js';
import { readMoodle } from './moodle/moodle-read.js';
import { readQtiItem } from './qti/qti-read.js';
import { readQtiPackage } from './qti/qti-read-package.js';
import { quizYaml, type Imported } from './quiz-yaml.js';
import { refused, type Entry, type Note } from './exchange-report.js';
import { unzip } from './qti/unzip.js';

/** The largest file that is read, in bytes: a bank of 200 items has about 400 kB. */
export const MAX_IMPORT = 1_000_000;
/** As many as a bank may hold (`quizSchema`). */
const MAX_ITEMS = 200;

/** As many entries as a person might read; what comes after is one more. */
const MAX_LINES = 2000;
/** As many options as there are letters to name them. */
const LETTERS = 26;

/** What a foreign file came to. `yaml` is null where nothing was taken. */
export interface ImportResult {
  readonly drafts: readonly Draft[];
  readonly yaml: string | null;
  readonly entries: readonly Entry[];
}

interface Target {
  /** The bank that the items are for. */
  readonly bank: string;
  /** Ids that it has already. */
  readonly known: readonly string[];
}

/**
 * Makes items of a foreign file. Every question, and every line that is none, has its entry. What our items need and
 * the file does not say stays absent: such an item is a draft, named as incomplete with its open places, and
 * `content check` refuses it until a person has filled them. Never throws for what stands in the file.
 */
export async function importItems(
  format: Format,
  bytes: Uint8Array,
  { bank, known }: Target,
): Promise<ImportResult> {
  const found = atMost(MAX_LINES, bytes.length > MAX_IMPORT ? [tooLarge()] : await read(format, bytes));
  const used = new Set<string>();
  const imported: Imported[] = [];
  const entries = found.map((each): Entry => {
    if ('entry' in each) return ofThisBank(each.entry, bank);
    const { file, line, name } = each.question;
    if (each.question.options.length > LETTERS) return refused('many-answers', { file, line, name });
    if (imported.length === MAX_ITEMS) return refused('too-many', { file, line, name });
    const { draft, notes } = toDraft(each.question);
    const all: Note[] = [...notes, ...repeats(draft, line, used, known)];
    if (draft.id !== undefined) used.add(draft.id);
    imported.push({ draft, file, line, name, notes: all });
    return { file, line, name: draft.id ?? name, outcome: all.length > 0 ? 'changed' : 'taken', notes: all };
  });
  const isEmpty = imported.length === 0 && entries.every(({ outcome }) => outcome !== 'refused');
  return {
    drafts: imported.map(({ draft }) => draft),
    yaml: imported.length > 0 ? quizYaml(imported) : null,
    entries: isEmpty ? [...entries, refused('no-questions', { line: 1 })] : entries,
  };
}

function atMost(most: number, found: readonly Found[]): readonly Found[] {
  const next = found[most];
  if (!next) return found;
  const { line, file } = 'entry' in next ? next.entry : next.question;
  const about = String(found.length - most);
  return [...found.slice(0, most), { entry: refused('many-lines', { line, file, about }) }];
}

const tooLarge = (): Found => ({ entry: refused('too-large', { line: 1 }) });

async function read(format: Format, bytes: Uint8Array): Promise<Found[]> {
  if (format === 'qti' && isZip(bytes)) {
    const unzipped = await unzip(bytes);
    return unzipped.ok ? readQtiPackage(unzipped.files) : [{ entry: refused(unzipped.code, { line: 1 }) }];
  }
  if (isZip(bytes)) return [{ entry: refused('not-this-format', { line: 1, about: 'zip' }) }];
  const text = decode(bytes);
  if (text === null) return [{ entry: refused('encoding', { line: 1 }) }];
  if (text.trim() === '') return [];
  if (format === 'qti') return [readQtiItem(text, null, [])];
  if (format === 'moodle') return readMoodle(text);
  return /^\s*<(\?xml|quiz|!--)/.test(text)
    ? [{ entry: refused('not-this-format', { line: 1, about: 'XML' }) }]
    : readGift(text);
}

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] ?? 0) < 9;

/** Our own category says which bank the questions came from. */
function ofThisBank(entry: Entry, bank: string): Entry {
  const [note] = entry.notes;
  if (note?.code !== 'category' || !note.excerpt?.startsWith(categoryOf(''))) return entry;
  const from = note.excerpt.slice(categoryOf('').length);
  if (from === bank) return { ...entry, outcome: 'taken', notes: [] };
  return { ...entry, outcome: 'changed', notes: [{ code: 'other-bank', line: entry.line, about: from }] };
}

function repeats({ id }: Draft, line: number, used: ReadonlySet<string>, known: readonly string[]): Note[] {
  if (id === undefined) return [];
  if (used.has(id)) return [{ code: 'same-id', line, about: id }];
  return known.includes(id) ? [{ code: 'in-bank', line, about: id }] : [];
}
