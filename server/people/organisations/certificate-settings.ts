import { row } from '../../platform/db/rows.js';
import { columns, sql } from '../../platform/db/sql.js';
import type { Row } from '../../platform/db/table.js';
import { inTransaction } from '../../platform/db/transaction.js';
import { record } from '../../platform/events/record.js';
import { requireRunning } from './settings/suspension.js';
import { Organisation } from './tables.js';

/** How the certificates of an organisation's people are shown to strangers, and on which paper they are printed. */
type CertificateSettings = Row<typeof Organisation>;

const SETTINGS = sql`select ${columns(Organisation, 'o', 'paper')} from ${Organisation} o where o.id = $1`;

/** The paper that an organisation prints on. */
export const paperSizeOf = async (organisationId: string): Promise<CertificateSettings['paper']> =>
  (await row(SETTINGS, [organisationId]))?.paper ?? 'a4';

/** Set both at once. What stays the same is no event. */
export function setCertificateSettings(
  organisationId: string,
  { shown, paper }: { shown: CertificateSettings['shownName']; paper: CertificateSettings['paper'] },
  by: { actorId: string; now: number },
): Promise<void> {
  return inTransaction(async () => {
    await requireRunning(organisationId, 'change');
    await setNameVisibility(organisationId, shown, by);
    await setPaperSize(organisationId, paper, by);
  });
}

/** Set how much of its people's names an organisation shows, on all of its certificates and at once. */
export function setNameVisibility(
  organisationId: string,
  shown: CertificateSettings['shownName'],
  { actorId, now }: { actorId: string; now: number },
): Promise<void> {
  return inTransaction(async () => {
    if (!(await row(SET_SHOWN_NAME, [shown, organisationId]))) return;
    await record('shown-name.set', { shown }, { actorId, organisationId, now });
  });
}

const SET_SHOWN_NAME = sql`update ${Organisation} set shown_name = $1 where id = $2 and shown_name <> $1 returning id`;

/** Set the paper of an organisation. Certificates are drawn on request, so earlier ones change too. */
export function setPaperSize(
  organisationId: string,
  paper: CertificateSettings['paper'],
  { actorId, now }: { actorId: string; now: number },
): Promise<void> {
  return inTransaction(async () => {
    if (!(await row(SET_PAPER, [paper, organisationId]))) return;
    await record('paper.set', { paper }, { actorId, organisationId, now });
  });
}

const SET_PAPER = sql`update ${Organisation} set paper = $1 where id = $2 and paper <> $1 returning id`;
