import { join } from 'node:path';
import type { Config } from '../../../config.js';
import { rows } from '../../../platform/db/rows.js';
import { columns, parameters, sql } from '../../../platform/db/sql.js';
import { isId } from '../../../platform/lib/ids.js';
import type { Logger } from '../../../platform/lib/log.js';
import type { CertificateFacts } from '../queries.js';
import { Certificate, Revocation, Suspension } from '../tables.js';
import { openDocumentThread, type DocumentThread } from './document-thread.js';
import { openKeptPapers, type KeptPapers } from './kept-papers.js';
import type { PaperOrder } from './paper-orders.js';

/** The files that are drawn from certificates: each is drawn once, in a thread of its own, and then kept on disk. */
export interface Papers {
  readonly thread: DocumentThread;
  readonly kept: KeptPapers;
  /** The bytes of a paper. Who may see it is decided before. Throws `Unavailable` when it cannot be drawn now. */
  of(certificate: Standing, order: PaperOrder): Promise<Buffer>;
  close(): Promise<void>;
}

type Standing = Pick<CertificateFacts, 'id' | 'revokedAt' | 'suspendedAt' | 'supersededAt'>;

/** The most that is kept: about 30,000 papers. */
const LIMIT = 1024 ** 3;

export function openPapers(
  { dataDir }: Pick<Config, 'dataDir'>,
  { log, clock }: { log: Logger; clock: () => number },
): Papers {
  const kept = openKeptPapers({ folder: join(dataDir, 'papers'), limit: LIMIT, standing, clock, log });
  const papers: Papers = {
    thread: openDocumentThread(),
    kept,
    async of(certificate, order) {
      if (!isStanding(certificate)) return papers.thread.draw(order);
      const known = await kept.read(certificate.id, order);
      if (known) return known;
      const drawn = await papers.thread.draw(order);
      await kept.keep(certificate.id, order, drawn);
      return drawn;
    },
    async close() {
      await papers.thread.close();
      await kept.close();
    },
  };
  return papers;
}

/** What was revoked, suspended or superseded is drawn when somebody asks for it, and not kept. */
const isStanding = ({ revokedAt, suspendedAt, supersededAt }: Standing): boolean =>
  revokedAt === null && suspendedAt === null && supersededAt === null;

const standingAmong = (count: number) => sql`select ${columns(Certificate, 'c', 'id')} from ${Certificate} c
  where c.id in (${parameters(count)}) and c.superseded_at is null
    and not exists (select 1 from ${Revocation} where certificate_id = c.id)
    and not exists (select 1 from ${Suspension} where certificate_id = c.id)`;

async function standing(ids: readonly string[]): Promise<ReadonlySet<string>> {
  const known = ids.filter(id => isId(id));
  if (known.length === 0) return new Set();
  return new Set((await rows(standingAmong(known.length), known)).map(({ id }) => id));
}
