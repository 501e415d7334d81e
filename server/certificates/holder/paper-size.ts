import { row, rows } from '../../db/rows.js';
import { inTransaction } from '../../db/transaction.js';
import { record } from '../../events/record.js';
import type { PaperSize } from '../documents/pdf/paper.js';

/** The paper that an organisation prints on. */
export const paperSizeOf = async (organisationId: string): Promise<PaperSize> =>
  (await row<{ paper: PaperSize }>('select paper from organisations where id = $1', [organisationId]))
    ?.paper ?? 'a4';

/** An organisation chooses: certificates are drawn from stored facts, so it holds for earlier ones too. */
export function setPaperSize(
  organisationId: string,
  paper: PaperSize,
  { actorId, now }: { actorId: string; now: number },
): Promise<void> {
  return inTransaction(async () => {
    const [changed] = await rows(
      'update organisations set paper = $1 where id = $2 and paper <> $1 returning id',
      [paper, organisationId],
    );
    if (changed) await record('paper.set', { paper }, { actorId, organisationId, now });
  });
}
