import { join } from 'node:path';
import { rows } from '../../../platform/db/rows.js';
import { columns, sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import type { EventPayloads } from '../../../platform/events/event-payloads.js';
import { PutOff, UnknownWork } from '../../../platform/events/jobs/failures.js';
import { eventOf } from '../../../platform/events/jobs/job-events.js';
import { record } from '../../../platform/events/record.js';
import { keptFiles, type Written } from '../../../platform/lib/kept-files.js';
import { SealedFile } from '../tables.js';
import { findSealed, type Requester, type StoredFile } from './sealed-files.js';
import type { AnySealedKind, SealedDeps } from './sealed-kind.js';

/** Where sealed files are kept. */
export const keptSealed = (dataDir: string) => keptFiles(join(dataDir, 'sealed'), 'sealed');

type MakingDeps = Omit<SealedDeps, 'progress'>;

/** The files that this process is making: a job that took too long may be at it still when it is tried again. */
const making = new Set<string>();

/** Nobody wants the file any more. */
class Unwanted extends Error {
  override readonly name = 'Unwanted';
}

/**
 * Make a file that was asked for. Idempotent: it is made from its beginning until its row says that it is ready. What stops it
 * half-way is tried again by the queue.
 */
export async function makeSealed(
  id: string,
  { kinds, ...deps }: MakingDeps & { readonly kinds: readonly AnySealedKind[] },
): Promise<void> {
  const file = await findSealed(id);
  if (file?.state !== 'asked' && file?.state !== 'making') return;
  const kind = kinds.find(each => each.kind === file.kind);
  if (!kind) throw new UnknownWork(`Nothing makes files of the kind "${file.kind}"`);
  if (making.has(id)) throw new PutOff('This process is making the file already');
  making.add(id);
  try {
    await make(file, kind, deps);
  } catch (fault) {
    if (!(fault instanceof Unwanted)) throw fault;
  } finally {
    making.delete(id);
  }
}

async function make(file: StoredFile, kind: AnySealedKind, deps: MakingDeps): Promise<void> {
  const { id, organisationId, knownAt } = file;
  const said = { done: 0 };
  const progress = progressOf(id, said);
  await progress(0, 0);
  const ask = { id, organisationId, knownAt, params: JSON.parse(file.params) as never };
  const bytes = kind.make(ask, { ...deps, progress });
  const written = await keptSealed(deps.config.dataDir).write(id, bytes);
  await seal(file, { ...written, rows: said.done, keptDays: kind.keptDays, now: deps.clock() });
}

const PROGRESS = sql`update ${SealedFile} set state = 'making', done = $2, total = $3
  where id = $1 and state in ('asked', 'making') returning 1 as known`;

/** Writes down each whole per cent, and that the making began. */
function progressOf(id: string, said: { done: number }): SealedDeps['progress'] {
  let last = -1;
  return async (done, total) => {
    said.done = done;
    const percent = total === 0 ? 0 : Math.floor((done * 100) / total);
    if (percent === last) return;
    last = percent;
    const known = await inTransaction(() => rows(PROGRESS, [id, done, total]));
    if (known.length === 0) throw new Unwanted();
  };
}

const SEAL = sql`update ${SealedFile} set state = 'ready', made_at = $2, size = $3, sha256 = $4, row_count = $5, expires_at = $6
  where id = $1 and state in ('asked', 'making') returning 1 as sealed`;

const seal = (
  { id, kind, organisationId }: StoredFile,
  {
    size,
    sha256,
    rows: count,
    keptDays,
    now,
  }: Written & { rows: number; keptDays: number | null; now: number },
): Promise<void> =>
  inTransaction(async () => {
    const expiresAt = keptDays === null ? null : now + keptDays * 86_400_000;
    if ((await rows(SEAL, [id, now, size, sha256, count, expiresAt])).length === 0) return;
    const news = { fileId: id, kind, size, sha256, rows: count };
    await record('sealed-file.made', news, { actorId: null, organisationId, now });
  });

/** An administrator gave up the job that makes a file: it failed. Does nothing for any other job. */
export async function failGivenUp({ jobId, reaction }: EventPayloads['job.given-up']): Promise<void> {
  if (reaction !== 'sealed-files.make') return;
  const asked = await eventOf({ id: jobId });
  if (!asked || !('fileId' in asked.payload)) return;
  const { fileId } = asked.payload;
  await inTransaction(() =>
    rows(sql`update ${SealedFile} set state = 'failed' where id = $1 and state in ('asked', 'making')`, [
      fileId,
    ]),
  );
}

/** Remove a file, or stop the making of it. Its row stays, with size and hash. Does nothing while a legal hold stands. */
export async function removeSealed(
  { id, kind, organisationId }: StoredFile,
  dataDir: string,
  { actorId, now }: Requester,
) {
  const isGone = await inTransaction(async () => {
    const gone = await rows(
      sql`update ${SealedFile} set state = 'gone' where id = $1 and state <> 'gone' and held_at is null returning 1 as gone`,
      [id],
    );
    if (gone.length === 0) return false;
    await record('sealed-file.removed', { fileId: id, kind }, { actorId, organisationId, now });
    return true;
  });
  if (isGone) await keptSealed(dataDir).remove(id);
}

const OVER = sql`update ${SealedFile} set state = 'gone' where state = 'ready' and expires_at <= $1 and held_at is null
  returning ${columns(SealedFile, SealedFile.table, 'id', 'kind', 'organisationId')}`;

/** Remove the files whose day has come, and what belongs to no file. */
export async function pruneSealed(dataDir: string, now: number): Promise<void> {
  await inTransaction(async () => {
    for (const { id, kind, organisationId } of await rows(OVER, [now]))
      await record('sealed-file.removed', { fileId: id, kind }, { actorId: null, organisationId, now });
  });
  await keptSealed(dataDir).removeBut(async () => (await rows(KEPT)).map(({ id }) => id));
}

const KEPT = sql`select ${columns(SealedFile, 'f', 'id')} from ${SealedFile} f
  where f.state in ('asked', 'making', 'ready')`;
