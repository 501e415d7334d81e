import type { Request, Response } from 'express';
import { NotFound } from '../../../errors.js';
import { recordTaken } from '../../../platform/events/taken-files.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { sendKept } from '../../../platform/http/files/files.js';
import { keptSealed } from './make-sealed.js';
import type { StoredFile } from './sealed-files.js';
import { kindOf } from './sealed-kinds.js';

/**
 * Answers with a sealed file, for a route that has decided that `actorId` may have it. Records that it was taken: once where a
 * download breaks off and goes on. Throws NotFound where it is not ready, or gone.
 */
export async function sendSealed(
  { config, clock }: Pick<WebDeps, 'config' | 'clock'>,
  file: StoredFile,
  { req, res, actorId }: { req: Request; res: Response; actorId: string },
): Promise<void> {
  const { id, state, sha256, organisationId, rowCount, fileName: name } = file;
  const kind = kindOf(file);
  if (!kind || state !== 'ready' || sha256 === null) throw new NotFound();
  const { type, kind: taken } = kind;
  const by = { actorId, organisationId, now: clock() };
  if (!isContinued(req))
    await recordTaken({ file: taken, filters: { fileId: id }, rows: rowCount, sha256 }, by);
  const isThere = await sendKept(res, keptSealed(config.dataDir).path(id), { name, type, sha256 });
  if (!isThere) throw new NotFound();
}

/** The reader has the beginning already. */
const isContinued = ({ headers }: Request): boolean => /^bytes=0*[1-9]/.test(headers.range ?? '');
