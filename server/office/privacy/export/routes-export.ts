import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { NotFound } from '../../../errors.js';
import type { WebDeps } from '../../../platform/http/deps.js';
import { actorOf } from '../../../platform/http/page.js';
import type { Limit } from '../../../platform/http/security/rate-limits.js';
import { isId } from '../../../platform/lib/ids.js';
import { signedIn } from '../../../policy.js';
import { askForExport, exportFiles, findExport, recordExportTaken } from './data-exports.js';

/** Exports of one person. Each reads everything that is held of them. */
const EXPORTS_BY_ACCOUNT: Limit = { name: 'export-account', points: 5, seconds: 86_400 };

export async function askForOwnExport(
  { limits, clock }: WebDeps,
  req: Request,
  res: Response,
): Promise<void> {
  const { id } = signedIn(actorOf(req));
  await limits.consume(EXPORTS_BY_ACCOUNT, id, clock());
  await askForExport(id, clock());
  res.redirect(303, '/account/data');
}

/** Sends the file to whom it is about, and to nobody else. A reader who goes away in the middle is not a fault. */
export async function downloadExport({ config, clock }: WebDeps, req: Request, res: Response): Promise<void> {
  const { id: userId } = signedIn(actorOf(req));
  const asked = isId(req.params['id']) ? await findExport(req.params['id']) : null;
  if (asked?.userId !== userId || (asked.expiresAt ?? 0) <= clock()) throw new NotFound();
  const file = await exportFiles(config.dataDir).open(asked.id);
  if (!file) throw new NotFound();
  await recordExportTaken(asked, clock());
  res
    .set('Content-Type', 'application/zip')
    .set('Content-Disposition', 'attachment; filename="your-data.zip"')
    .set('Cache-Control', 'private, no-store');
  try {
    await pipeline(file.createReadStream(), res);
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw fault;
  }
}
