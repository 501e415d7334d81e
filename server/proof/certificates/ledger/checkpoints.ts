import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CannotStart } from '../../../config.js';
import { replaceFile, syncFolder } from '../../../platform/lib/kept-files.js';
import type { Row } from '../../../platform/db/table.js';
import type { KeyLogEntry } from '../issuer/tables.js';
import type { StatusListVersion } from '../status-lists/tables.js';
import type { LedgerHead } from './ledger.js';

/** A version of a status list, as stored. */
export type ListRow = Readonly<Row<typeof StatusListVersion>>;

/** A key as stored; `sealed` is its private half. */
export interface CheckpointKey {
  readonly id: string;
  readonly sealed: string;
  readonly createdAt: number;
  readonly activatedAt: number | null;
  readonly retiredAt: number | null;
  readonly compromisedAt: number | null;
  readonly inUse: number | null;
}

/** The keys as stored (private halves sealed), and their log. */
export interface KeyRows {
  readonly keys: readonly CheckpointKey[];
  readonly log: readonly Readonly<Row<typeof KeyLogEntry>>[];
}

/** Somebody was erased: an account, or what an organisation knew of somebody. */
export interface ErasureMark {
  readonly userId: string | null;
  readonly membershipId: string | null;
  readonly decidedAt: number;
}

/** Up to which signed head everything was proven, and when (epoch ms); `wholeAt`: when it was proven from the beginning on. */
export interface ProvenMark {
  readonly number: number;
  readonly sha256: string;
  readonly at: number;
  readonly wholeAt: number;
}

/** What was published last, as far as this folder knows. */
export interface PublishedState {
  readonly keys: KeyRows | null;
  readonly ledger: LedgerHead | null;
  readonly head: { readonly number: number } | null;
  readonly lists: readonly ListRow[];
  /** What a check of the ledger proved last. */
  readonly proven: ProvenMark | null;
  /** Who was erased: a database that is put back must not bring them back. */
  readonly erasures: readonly ErasureMark[];
}

/** Checkpoints are missing: the folder was started afresh at `since` (epoch ms), after certificates had been issued. */
export interface CheckpointGap {
  readonly since: number;
  /** When an operator accepted that they are lost; null while nobody has. */
  readonly acceptedAt: number | null;
}

/**
 * Checkpoints: what was published last, kept outside the database. When an older copy of the database is restored, they
 * show what it has forgotten, above all which certificates were revoked. A checkpoint never goes back. Every server copies them
 * from the database (`backup/keep-marks.ts`).
 */
export interface Checkpoints {
  readonly read: () => PublishedState;
  readonly keys: (rows: KeyRows) => void;
  readonly ledger: (head: LedgerHead) => void;
  readonly head: (number: number) => void;
  readonly list: (version: ListRow) => void;
  readonly erasures: (marks: readonly ErasureMark[]) => void;
  /** The checkpoints are those of another installation: rename their folder, to end with `suffix`. */
  readonly setAside: (suffix: string) => void;
  /** Whether a server has ever written to this folder. */
  readonly exist: () => boolean;
  readonly gap: () => CheckpointGap | null;
  readonly proven: () => ProvenMark | null;
  readonly noteProven: (mark: ProvenMark) => void;
  /** Null: the gap is closed. */
  readonly noteGap: (gap: CheckpointGap | null) => void;
}

const GAP = 'gap.json';
const PROVEN = 'proven.json';

/** Checkpoints in `published/` in the data folder: small files, each on disk as a whole before it gets its name. */
export function openCheckpoints(dataDir: string): Checkpoints {
  const folder = join(dataDir, 'published');

  function read<T>(file: string): T | null {
    try {
      return JSON.parse(readFileSync(join(folder, file), 'utf8')) as T;
    } catch (fault) {
      // How far a check came is a note: the next check begins again, and writes another.
      if ((fault as NodeJS.ErrnoException).code === 'ENOENT' || file === PROVEN) return null;
      throw new CannotStart(whyUnreadable(join(folder, file), fault), 1);
    }
  }

  function write(file: string, value: object): void {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    replaceFile(join(folder, file), JSON.stringify(value));
  }

  return {
    read: () => ({
      keys: read('keys.json'),
      ledger: read('ledger.json'),
      head: read('head.json'),
      lists: listFiles(folder).flatMap(file => read<ListRow>(file) ?? []),
      proven: read<ProvenMark>(PROVEN),
      erasures: read<ErasureMark[]>('erasures.json') ?? [],
    }),
    keys(rows) {
      if ((read<KeyRows>('keys.json')?.log.length ?? 0) < rows.log.length) write('keys.json', rows);
    },
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
    erasures(marks) {
      // All at once: each server looks every few seconds, and there may be thousands.
      const known = read<ErasureMark[]>('erasures.json') ?? [];
      const subjects = new Set(known.map(subjectOf));
      const others = marks.filter(mark => !subjects.has(subjectOf(mark)));
      if (others.length > 0) write('erasures.json', [...known, ...others]);
    },
    setAside(suffix) {
      renameSync(folder, `${folder}-${suffix}`);
      syncFolder(dataDir);
    },
    // The first checkpoint of all: no certificate can be issued before it is written.
    exist: () => existsSync(join(folder, 'keys.json')),
    gap: () => read<CheckpointGap>(GAP),
    proven: () => read<ProvenMark>(PROVEN),
    noteProven: mark => write(PROVEN, mark),
    noteGap: gap => (gap ? write(GAP, gap) : rmSync(join(folder, GAP), { force: true })),
  };
}

/** Why a checkpoint cannot be read, and what to do. To remove it would forget what it says, unnoticed. */
export function whyUnreadable(path: string, fault: unknown): string {
  const { code } = fault as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM')
    return `${path} cannot be read (${code}): let the user that runs the server read and write this folder.`;
  const what = fault instanceof SyntaxError ? 'is damaged' : `cannot be read (${code ?? String(fault)})`;
  return `${path} ${what}: put the one of your newest backup in its place. Without one, move the folder "published" away, and see "npm run cli -- marks".`;
}

/** Whom an erasure is about. */
const subjectOf = ({ userId, membershipId }: ErasureMark): string => `${userId} ${membershipId}`;

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder).filter(file => /^list-\d+\.json$/.test(file));
  } catch {
    return [];
  }
}

/** Whether both are of one installation, that is, of the same first key; also where either has no key yet. */
export function isSameInstallation(one: PublishedState, other: PublishedState): boolean {
  const [mine, theirs] = [one.keys?.log[0]?.sha256, other.keys?.log[0]?.sha256];
  return mine === undefined || theirs === undefined || mine === theirs;
}

/** What `published` has and `known` does not, in words; nothing when `known` is as new. */
export function newerThan(published: PublishedState, known: PublishedState): string[] {
  const [certificates, before] = [published.ledger?.seq ?? 0, known.ledger?.seq ?? 0];
  const keys = (published.keys?.log.length ?? 0) > (known.keys?.log.length ?? 0);
  const lists = published.lists.filter(({ listId, number }) => {
    const same = known.lists.find(list => list.listId === listId);
    return number > (same?.number ?? 0);
  });
  return [
    ...(certificates > before ? [`${certificates - before} more certificates`] : []),
    ...(keys ? ['a later change of the signing keys'] : []),
    ...(lists.length > 0 ? ['a later list of revoked certificates'] : []),
    ...((published.head?.number ?? 0) > (known.head?.number ?? 0) ? ['a later signed head'] : []),
  ];
}

/** Bring checkpoints up to what this installation published elsewhere. What is newer here stays. */
export function raiseCheckpoints(
  checkpoints: Checkpoints,
  { keys, ledger, head, lists, erasures }: PublishedState,
): void {
  if (keys) checkpoints.keys(keys);
  if (ledger) checkpoints.ledger(ledger);
  if (head) checkpoints.head(head.number);
  for (const list of lists) checkpoints.list(list);
  checkpoints.erasures(erasures);
}
