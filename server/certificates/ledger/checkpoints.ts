import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LedgerHead } from './ledger.js';

/** A version of a status list as it stands in the database. */
export interface ListRow {
  readonly listId: number;
  readonly number: number;
  readonly content: string;
  readonly sha256: string;
  readonly previousSha256: string;
  readonly keyId: string | null;
  readonly createdAt: number;
}

/** The keys as they stand in the database (private halves sealed), and their log. */
export interface KeyRows {
  readonly keys: readonly {
    readonly id: string;
    readonly sealed: string;
    readonly createdAt: number;
    readonly activatedAt: number | null;
    readonly retiredAt: number | null;
    readonly compromisedAt: number | null;
    readonly inUse: number | null;
  }[];
  readonly log: readonly {
    readonly seq: number;
    readonly keyId: string;
    readonly action: string;
    readonly content: string;
    readonly sha256: string;
    readonly previousSha256: string;
    readonly createdAt: number;
  }[];
}

/** What was published last, as far as this folder knows. */
export interface Published {
  readonly keys: KeyRows | null;
  readonly ledger: LedgerHead | null;
  readonly head: { readonly number: number } | null;
  readonly lists: readonly ListRow[];
}

/** The marks do not reach back to the first certificate: the folder was begun anew at `since` (epoch ms). */
export interface Gap {
  readonly since: number;
  /** When an operator said that nothing can be done about it; null while nobody did. */
  readonly acceptedAt: number | null;
}

/**
 * Marks of what was published, kept outside the database: when an older copy of the database is put back,
 * they tell what it has forgotten, and above all which certificates were withdrawn. A mark only goes up.
 */
export interface Marks {
  readonly read: () => Published;
  readonly keys: (rows: KeyRows) => void;
  readonly ledger: (head: LedgerHead) => void;
  readonly head: (number: number) => void;
  readonly list: (version: ListRow) => void;
  /** The marks belong to another installation: put them aside, under a name that ends with `suffix`. */
  readonly setAside: (suffix: string) => void;
  /** Whether a server has ever noted anything in this folder. */
  readonly areThere: () => boolean;
  readonly gap: () => Gap | null;
  /** Null: the gap is closed. */
  readonly noteGap: (gap: Gap | null) => void;
}

const GAP = 'gap.json';

/** Marks in `published/` below the data folder: small files, each written whole under another name first. */
export function openMarks(dataDir: string): Marks {
  const folder = join(dataDir, 'published');

  function read<T>(file: string): T | null {
    try {
      return JSON.parse(readFileSync(join(folder, file), 'utf8')) as T;
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw new Error(`${join(folder, file)} cannot be read: put back a good copy or remove it`, {
        cause: fault,
      });
    }
  }

  function write(file: string, value: object): void {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const draft = join(folder, `.${file}.${process.pid}`);
    writeFileSync(draft, JSON.stringify(value), { mode: 0o600 });
    renameSync(draft, join(folder, file));
  }

  return {
    read: () => ({
      keys: read('keys.json'),
      ledger: read('ledger.json'),
      head: read('head.json'),
      lists: listFiles(folder).flatMap(file => read<ListRow>(file) ?? []),
    }),
    keys: rows => write('keys.json', rows),
    ledger(head) {
      if ((read<LedgerHead>('ledger.json')?.seq ?? 0) < head.seq) write('ledger.json', head);
    },
    head(number) {
      if ((read<{ number: number }>('head.json')?.number ?? 0) < number) write('head.json', { number });
    },
    list(version) {
      const file = `list-${version.listId}.json`;
      if ((read<ListRow>(file)?.number ?? 0) < version.number) write(file, version);
    },
    setAside: suffix => renameSync(folder, `${folder}-${suffix}`),
    // The first of all marks: no certificate can be issued before it is written.
    areThere: () => existsSync(join(folder, 'keys.json')),
    gap: () => read<Gap>(GAP),
    noteGap: gap => (gap ? write(GAP, gap) : rmSync(join(folder, GAP), { force: true })),
  };
}

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder).filter(file => /^list-\d+\.json$/.test(file));
  } catch {
    return [];
  }
}

/** Whether marks tell of one installation: of the same first key. Where one knows no key yet, nothing speaks against it. */
export function isSameInstallation(one: Published, other: Published): boolean {
  const [mine, theirs] = [one.keys?.log[0]?.sha256, other.keys?.log[0]?.sha256];
  return mine === undefined || theirs === undefined || mine === theirs;
}

/** What `published` knows and `known` does not, in words; nothing when `known` is as new. */
export function beyond(published: Published, known: Published): string[] {
  const [certificates, before] = [published.ledger?.seq ?? 0, known.ledger?.seq ?? 0];
  const keys = (published.keys?.log.length ?? 0) > (known.keys?.log.length ?? 0);
  const lists = published.lists.filter(({ listId, number }) => {
    const same = known.lists.find(list => list.listId === listId);
    return number > (same?.number ?? 0);
  });
  return [
    ...(certificates > before ? [`${certificates - before} more certificates`] : []),
    ...(keys ? ['a later change of the signing keys'] : []),
    ...(lists.length > 0 ? ['a later list of withdrawn certificates'] : []),
    ...((published.head?.number ?? 0) > (known.head?.number ?? 0) ? ['a later signed head'] : []),
  ];
}

/** Raise marks to what was published elsewhere in this installation. What is newer here stays. */
export function raise(marks: Marks, { keys, ledger, head, lists }: Published): void {
  if (keys && keys.log.length > (marks.read().keys?.log.length ?? 0)) marks.keys(keys);
  if (ledger) marks.ledger(ledger);
  if (head) marks.head(head.number);
  for (const list of lists) marks.list(list);
}
