import { rows } from '../../../platform/db/rows.js';
import { sql } from '../../../platform/db/sql.js';
import { inTransaction } from '../../../platform/db/transaction.js';
import { canonicalJson, type Json } from '../../../platform/lib/canonical-json.js';
import { dayOf } from '../../../platform/lib/days.js';
import { sha256 } from '../../../platform/lib/tokens.js';
import type { Zoned } from '../people/stored-members.js';
import { knownState } from './known-state.js';
import { storedRows, writeVerdicts } from './roster-parts.js';
import type { RosterThread } from './roster-thread.js';
import type { RosterChoice, RosterFacts } from './rosters.js';
import { Roster } from './tables.js';

/** What a preview is computed with, from outside, and when (epoch ms). */
export interface Previewing {
  readonly organisation: Zoned;
  readonly thread: RosterThread;
  readonly now: number;
}

const STORE = sql`update ${Roster} set state = 'previewed', chosen = $1, preview = $2, inputs_hash = $3, previewed_at = $4
  where id = $5 and state in ('uploaded', 'previewed') and removed_at is null returning id`;

/** Give each row of a roster its verdict, and keep them with a hash of all that they depend on. Changes nobody. */
export async function previewRoster(
  roster: RosterFacts,
  chosen: RosterChoice,
  by: Previewing,
): Promise<void> {
  const today = dayOf(by.now, by.organisation.timeZone);
  const known = await knownState(by.organisation.id, today);
  const { members, units } = known;
  const parts = await storedRows(roster.id, roster.partCount);
  const options = { ...chosen, width: roster.header.length, today };
  const answer = await by.thread.preview({ parts, members, units, options });
  const hash = inputsHash(roster, chosen, known.hash);
  await inTransaction(async () => {
    const stored = [JSON.stringify(chosen), JSON.stringify(answer.summary), hash, by.now, roster.id];
    if ((await rows(STORE, stored)).length > 0) await writeVerdicts(roster.id, answer);
  });
}

/** Of the file, of what was chosen, and of the people and units (`known`: their hash) that its rows are compared with. */
export const inputsHash = ({ fileHash }: RosterFacts, chosen: RosterChoice, known: string): string =>
  sha256(canonicalJson({ fileHash, chosen: chosen as unknown as Json, known }));
