import { Router, type Request, type RequestHandler, type Response } from 'express';
import type { WebDeps } from '../../../platform/http/deps.js';
import { wantsPage } from '../../../platform/http/error-pages.js';
import { handlersWith } from '../../../platform/http/handlers.js';
import { networkOf } from '../../../platform/http/security/network.js';
import { formsWithFiles, uploadOf } from '../../../platform/http/files/uploads.js';
import { hereIn, spoken } from '../../../platform/i18n/spoken.js';
import type { DidDocument } from '../../open-badges/did.js';
import { openFileReader, type FileReader } from '../../open-badges/files/reader-thread.js';
import type { IssuerDeps } from '../issuer-deps.js';
import { checkLimits } from './check-limits.js';
import { countCheck } from './counters.js';
import { fileVerdictInJson, fileVerdictValues } from './file-verdict-page.js';
import { verdictOnFile } from './file-verdict.js';
import { trustedIssuers } from './trusted-issuers.js';

/** Largest file that is read, in bytes. Ours are a hundredth of it. */
const MAX_FILE = 5 * 1024 * 1024;

/** Reads the file of `POST /verify`, for everybody; counted first, so that nobody makes the server read without end. */
export function filesToVerify({ limits: counts, clock }: WebDeps): RequestHandler {
  const read = formsWithFiles(
    path => path === '/verify',
    () => true,
    { file: MAX_FILE },
  );
  return async (req, res, next) => {
    if (req.method !== 'POST' || req.path !== '/verify') return next();
    await counts.consume(checkLimits.fileCheckByAddress, networkOf(req.ip), clock());
    await read(req, res, next);
  };
}

type Deps = IssuerDeps & { readonly others: readonly DidDocument[]; readonly reader: FileReader };

/**
 * What a stranger asks with a file: was it issued here, and is it still valid? Whoever has the file knows its name already,
 * so the facts are shown in full. The file is read in memory; neither it nor the answer is stored.
 */
export function verifyFileRoutes(deps: IssuerDeps): Router {
  const router = Router();
  const { config, log } = deps;
  const { documents: others, missing } = trustedIssuers(config);
  if (missing.length > 0)
    log.warn({ missing }, 'trusted issuers without a DID document: run "issuers fetch"');
  const reader = openFileReader(fault => log.error({ fault }, 'a file could not be read'));
  const on = handlersWith({ ...deps, others, reader });
  router.post('/verify', on(checkFile));
  return router;
}

async function checkFile(deps: Deps, req: Request, res: Response): Promise<void> {
  const { show, clock, config, issuer } = deps;
  res.set('X-Robots-Tag', 'noindex');
  const upload = uploadOf(req);
  if (!upload?.name && !upload?.bytes.length) return refuse(deps, req, res, 'errors.verify-file');
  if (upload.tooLarge) return refuse(deps, req, res, 'errors.verify-file-large');
  const answer = await verdictOnFile(upload.bytes, deps, clock());
  countCheck('file', answer.verdict, clock());
  if (answer.verdict === 'unreadable') return refuse(deps, req, res, 'errors.verify-file-none');
  if (!wantsPage(req))
    return void res.set('Cache-Control', 'no-store').json(fileVerdictInJson(answer, issuer));
  const values = fileVerdictValues(answer, hereIn(config.timeZone), clock());
  show(req, res, 'proof/certificates/verification/file-verdict', values, { nav: 'verify' });
}

/** The form again, with what the person can do about it. */
function refuse({ show }: Deps, req: Request, res: Response, key: string): void {
  if (!wantsPage(req)) return void res.status(422).json({ verdict: 'unreadable', error: spoken(key) });
  const values = { values: {}, errors: { file: spoken(key) } };
  show(req, res, 'proof/certificates/verification/check', values, { status: 422, nav: 'verify' });
}
