import { expect } from 'chai';
import type { Param } from '../../../../../server/platform/db/lanes.js';
import { inTransaction } from '../../../../../server/platform/db/transaction.js';
import { rows } from '../../../../support/rows.js';

export type Statement = readonly [sql: string, params?: readonly Param[]];

/** What is looked for after some statements; the database is as it was afterwards. */
export async function whileEdited<T>(statements: readonly Statement[], look: () => Promise<T>): Promise<T> {
  const undone = new Error('undone');
  let seen: T | undefined;
  await inTransaction(async () => {
    for (const [sql, params] of statements) await rows(sql, params);
    seen = await look();
    throw undone;
  }).catch((fault: unknown) => expect(fault).to.equal(undone));
  return seen as T;
}
