import { row } from '../../../../platform/db/rows.js';
import { as, sql } from '../../../../platform/db/sql.js';
import { integer } from '../../../../platform/db/table.js';
import { inTransaction } from '../../../../platform/db/transaction.js';
import { Conflict, NotFound } from '../../../../errors.js';
import { record } from '../../../../platform/events/record.js';
import { holdRulings } from '../ruling/active-rulings.js';
import { findRegrade, isBusy, lastRulingOn, type RegradeFacts } from '../regrades.js';
import { countSubmitted } from '../preview/submitted-attempts.js';
import { ItemRuling, Regrade } from '../tables.js';

/** Who does something, and when (epoch ms). */
interface By {
  readonly actorId: string;
  readonly now: number;
}

/** What a confirmation led to. `came` attempts were submitted since the preview; 0 when something else changed. */
export type Confirmed =
  { readonly kind: 'confirmed' } | { readonly kind: 'look-again'; readonly came: number };

/**
 * Put a previewed ruling into force: from now on attempts are graded under it, and the worker regrades those that were
 * submitted, line by line as previewed. Where attempts or rulings were added since the preview nothing is done. Twice is
 * once. Throws Conflict for a draft whose preview was never finished.
 */
export function confirmRegrade(id: string, by: By): Promise<Confirmed> {
  return inTransaction(async () => {
    await holdRulings();
    const draft = await findRegrade(id, { hold: true });
    if (!draft) throw new NotFound();
    if (draft.state !== 'draft') return { kind: 'confirmed' };
    if (draft.lookedAt === null) throw new Conflict('This preview was never finished');
    const came = (await countSubmitted(draft)) - draft.lookedAt;
    const isStale = came !== 0 || (await lastRulingOn(draft)) !== draft.lastRuling || (await isBusy(draft));
    if (isStale) return { kind: 'look-again', came };
    await makeRuling(draft, by);
    return { kind: 'confirmed' };
  });
}

const INSERT_RULING = sql`insert into ${ItemRuling} (number, regrade_id, course_slug, quiz, item_id, kind, from_version,
    to_version, key_version, answers, reason, actor_id, created_at)
  select coalesce((select max(number) from ${ItemRuling}), 0) + 1, id, course_slug, quiz, item_id, kind, from_version,
    to_version, key_version, answers, reason, $2, $3 from ${Regrade} where id = $1
  returning number ${as('number', integer())}`;
const START = sql`update ${Regrade} set state = 'running', confirmed_by = $1, confirmed_at = $2 where id = $3`;

async function makeRuling(draft: RegradeFacts, { actorId, now }: By): Promise<void> {
  const made = await row(INSERT_RULING, [draft.id, actorId, now]);
  await row(START, [actorId, now, draft.id]);
  const { courseSlug, quiz, itemId, kind } = draft;
  const payload = { regradeId: draft.id, ruling: made?.number ?? 0, courseSlug, quiz, itemId, kind };
  await record('item.ruled', payload, { actorId, organisationId: null, now });
}
