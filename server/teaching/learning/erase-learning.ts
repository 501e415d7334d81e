import { eraseRows, type ErasedBy, type PersonIds } from '../../platform/db/personal-data.js';
import { inTransaction } from '../../platform/db/transaction.js';
import { learningData } from './learning-data.js';
import { leaveOpenCycles } from './path/leave-cycles.js';

/** Erase what somebody did on their way through courses; nobody goes on with what was open. What was earned stays, under a number. */
export const eraseLearning = (whose: PersonIds, by: Pick<ErasedBy, 'actorId' | 'now'>): Promise<void> =>
  inTransaction(async () => {
    if (whose.userId !== null) await leaveOpenCycles(whose.userId, 'erased', by);
    await eraseRows(learningData, whose);
  });
