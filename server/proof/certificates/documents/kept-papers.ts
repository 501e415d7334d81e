import { createCipheriv, createDecipheriv, createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../../../platform/lib/log.js';
import { drawingVersion } from './drawing-version.js';
import type { PaperOrder } from './paper-orders.js';

/** Papers that were drawn, on disk. Whoever asks has been allowed to see the paper before. */
export interface KeptPapers {
  /** The paper, or null when it is not kept or its file is damaged. */
  read(certificateId: string, order: PaperOrder): Promise<Buffer | null>;
  /** Never throws: where nothing can be written, nothing is kept. */
  keep(certificateId: string, order: PaperOrder, paper: Buffer): Promise<void>;
  /** Remove all papers of a certificate. Never throws: what remains is never served, and is removed later. */
  drop(certificateId: string): Promise<void>;
  /** Wait for what is being cleaned up. */
  close(): Promise<void>;
}

export interface KeepingOptions {
  /** Nothing else is in it. It may be removed at any time. */
  readonly folder: string;
  /** The most that is kept, in bytes. */
  readonly limit: number;
  /** Which of these certificates may be kept on paper still. */
  readonly standing: (ids: readonly string[]) => Promise<ReadonlySet<string>>;
  readonly clock: () => number;
  readonly log: Pick<Logger, 'warn'>;
}

const DAY = 86_400_000;

/** Cleaned up after this share of the limit was written, down to the same share below the limit. */
const SHARE = 1 / 16;

/**
 * Papers by certificate, each in a file that only its own order opens: its key is a hash of all that the paper shows, the
 * signed text first. So the papers of a certificate whose row is erased can be read nowhere from that moment, also in
 * the folders of other processes, which remove the files when they next clean up: with the first paper that is asked for, and once a day.
 * The seal also shows whether a file is whole. Files are replaced in one step, and not flushed: a lost one is drawn again.
 */
export function openKeptPapers({ folder, limit, standing, clock, log }: KeepingOptions): KeptPapers {
  let written = 0;
  let cleanedAt = -Infinity;
  let cleaning: Promise<void> = Promise.resolve();
  let isFailing = false;

  async function write(certificateId: string, name: string, bytes: Buffer): Promise<void> {
    const draft = join(folder, certificateId, `${randomUUID()}.draft`);
    try {
      await mkdir(join(folder, certificateId), { recursive: true, mode: 0o700 });
      await writeFile(draft, bytes, { mode: 0o600 });
      await rename(draft, join(folder, certificateId, name));
      isFailing = false;
    } catch (fault) {
      await rm(draft, { force: true }).catch(() => undefined);
      if (!isFailing) log.warn({ fault: codeOf(fault) }, 'papers are not kept: each is drawn anew');
      isFailing = true;
    }
  }

  function cleanUpWhenDue(): void {
    const now = clock();
    if (written < limit * SHARE && now - cleanedAt < DAY) return;
    [written, cleanedAt] = [0, now];
    cleaning = cleaning
      .then(() => cleanUp({ folder, limit, standing }))
      .catch((fault: unknown) => log.warn({ fault: codeOf(fault) }, 'old papers were not removed'));
  }

  return {
    async read(certificateId, order) {
      cleanUpWhenDue();
      const { name, key } = placeOf(order);
      const path = join(folder, certificateId, name);
      const sealed = await readFile(path).catch(() => null);
      const paper = sealed && opened(sealed, key);
      if (sealed && !paper) log.warn({ certificateId }, 'a kept paper was damaged: it is drawn anew');
      const used = new Date(clock());
      if (paper) await utimes(path, used, used).catch(() => undefined);
      return paper;
    },
    async keep(certificateId, order, paper) {
      const { name, key } = placeOf(order);
      const bytes = sealed(paper, key);
      await write(certificateId, name, bytes);
      written += bytes.length;
      cleanUpWhenDue();
    },
    drop: certificateId =>
      rm(join(folder, certificateId), { recursive: true, force: true }).catch((fault: unknown) =>
        log.warn({ certificateId, fault: codeOf(fault) }, 'kept papers were not removed'),
      ),
    close: () => cleaning,
  };
}

const codeOf = (fault: unknown): string =>
  fault instanceof Error && 'code' in fault ? String(fault.code) : String(fault);

/** Half of the hash names the file, and the other half is its key. */
function placeOf(order: PaperOrder): { name: string; key: Buffer } {
  const hash = createHash('sha512')
    .update(JSON.stringify([drawingVersion(), order]))
    .digest();
  return { name: hash.toString('hex', 0, 32), key: hash.subarray(32) };
}

const IV = 12;
const TAG = 16;

function sealed(paper: Buffer, key: Buffer): Buffer {
  const iv = randomBytes(IV);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG });
  const data = Buffer.concat([cipher.update(paper), cipher.final()]);
  return Buffer.concat([iv, data, cipher.getAuthTag()]);
}

function opened(file: Buffer, key: Buffer): Buffer | null {
  if (file.length < IV + TAG) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, file.subarray(0, IV), { authTagLength: TAG });
  decipher.setAuthTag(file.subarray(-TAG));
  try {
    return Buffer.concat([decipher.update(file.subarray(IV, -TAG)), decipher.final()]);
  } catch {
    return null;
  }
}

/** How many certificates are looked up at once. */
const BATCH = 500;

interface KeptFile {
  readonly path: string;
  readonly size: number;
  readonly used: number;
}

/** Removes the papers of certificates that no longer stand; then those used longest ago, until there is room. */
async function cleanUp({
  folder,
  limit,
  standing,
}: Pick<KeepingOptions, 'folder' | 'limit' | 'standing'>): Promise<void> {
  const ids = await readdir(folder).catch(() => []);
  const kept: KeptFile[] = [];
  for (let at = 0; at < ids.length; at += BATCH) {
    const batch = ids.slice(at, at + BATCH);
    const known = await standing(batch);
    for (const id of batch)
      if (known.has(id)) kept.push(...(await filesIn(join(folder, id))));
      else await rm(join(folder, id), { recursive: true, force: true });
  }
  await removeOldest(kept, limit * (1 - SHARE));
}

async function filesIn(folder: string): Promise<KeptFile[]> {
  const names = await readdir(folder).catch(() => []);
  const found = await Promise.all(
    names.map(async name => {
      const path = join(folder, name);
      // Another process may have removed it meanwhile.
      const file = await stat(path).catch(() => null);
      return file ? [{ path, size: file.size, used: file.mtimeMs }] : [];
    }),
  );
  return found.flat();
}

async function removeOldest(kept: readonly KeptFile[], room: number): Promise<void> {
  let size = kept.reduce((sum, file) => sum + file.size, 0);
  for (const file of kept.toSorted((a, b) => a.used - b.used)) {
    if (size <= room) return;
    await rm(file.path, { force: true });
    size -= file.size;
  }
}
