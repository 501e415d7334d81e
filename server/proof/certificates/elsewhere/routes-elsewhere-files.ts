import type { RequestHandler } from 'express';
import type { WebDeps } from '../../../platform/http/deps.js';
import { networkOf } from '../../../platform/http/security/network.js';
import { formsWithFiles } from '../../../platform/http/files/uploads.js';
import { checkLimits } from '../verification/check-limits.js';

/** Largest file that is read, in bytes: as for a check of a certificate. */
const MAX_FILE = 5 * 1024 * 1024;

const UPLOADS = /^\/(certificates|organisations\/[0-9a-f-]{36}\/people\/[0-9a-f-]{36})\/elsewhere$/;

/** Reads the file of a certificate from elsewhere, for whoever is signed in; counted as any check of a file is. */
export function elsewhereFiles({ limits, clock }: WebDeps): RequestHandler {
  const read = formsWithFiles(
    path => UPLOADS.test(path),
    actor => actor !== null,
    { file: MAX_FILE },
  );
  return async (req, res, next) => {
    if (req.method !== 'POST' || !UPLOADS.test(req.path)) return next();
    await limits.consume(checkLimits.fileCheckByAddress, networkOf(req.ip), clock());
    await read(req, res, next);
  };
}
