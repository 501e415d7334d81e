import { eraseRows, type ErasedBy, type PersonIds } from '../../platform/db/personal-data.js';
import { inTransaction } from '../../platform/db/transaction.js';
import { uncountGains } from './gains/counted-gains.js';
import { measurementData } from './measurement-data.js';

/** Erase what somebody answered around courses, and take it out of the figures. Throws `PutOff` while these are counted anew. */
export const eraseMeasurements = (whose: PersonIds, { now }: Pick<ErasedBy, 'now'>): Promise<void> =>
  inTransaction(async () => {
    if (whose.userId !== null) await uncountGains(whose.userId, now);
    await eraseRows(measurementData, whose);
  });
