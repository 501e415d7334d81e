import type { Request, Response } from 'express';
import type { WebDeps } from '../../platform/http/deps.js';
import { actorOf } from '../../platform/http/page.js';
import { formatDate } from '../../platform/i18n/i18n.js';
import { hereIn } from '../../platform/i18n/spoken.js';
import { signedIn } from '../../policy.js';
import { clockRows, whatStays } from './erasure/erasure-page.js';
import { openErasureOf, refusedErasureOf } from './erasure/erasure-requests.js';
import { EXPORT_DAYS, exportsOf } from './export/data-exports.js';
import { exportRows } from './export/export-rows.js';

/** What somebody can do with all that is held of them: take it along, and have it erased. */
export async function showOwnData(
  { show, config, clock }: WebDeps,
  req: Request,
  res: Response,
  errors: Record<string, string> = {},
): Promise<void> {
  const { id } = signedIn(actorOf(req));
  const place = hereIn(config.timeZone);
  const subject = { userId: id, membershipId: null };
  const asked = await openErasureOf(subject);
  const refused = asked ? null : await refusedErasureOf(id);
  const values = {
    exports: exportRows(await exportsOf(id, clock()), place),
    days: EXPORT_DAYS,
    asked: asked && formatDate(asked.askedAt, place),
    refused: refused?.decidedAt
      ? { date: formatDate(refused.decidedAt, place), because: refused.because ?? '' }
      : null,
    stays: whatStays(),
    clocks: await clockRows(subject, place),
    errors,
  };
  const status = Object.keys(errors).length > 0 ? 422 : 200;
  show(req, res, 'office/privacy/own-data', values, { status, nav: 'account' });
}
