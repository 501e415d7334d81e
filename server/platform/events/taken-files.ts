import { inTransaction } from '../db/transaction.js';
import { record, type Circumstances } from './record.js';

/** Every kind of file that leaves with people or figures in it: `eventLog.file` has its words. */
export type TakenKind =
  | 'event-log'
  | 'refusals'
  | 'standings'
  | 'rows-to-repair'
  | 'audit-pack'
  | 'evidence-pack'
  | 'rule-coverage'
  | 'signed-statement'
  | 'auditor-room'
  | 'certificate-papers'
  | 'rule-report'
  | 'judgement-figures'
  | 'before-and-after'
  | 'question-figures'
  | 'choice-figures'
  | 'regrade-changes';

/** A file that leaves. */
export interface TakenFile {
  readonly file: TakenKind;
  /** What it was narrowed to, by name: ids, codes and days, never a name or an address. */
  readonly filters: Record<string, string>;
  /** Records, certificates or people in it; null where they are not counted. */
  readonly rows: number | null;
  /** Of its bytes, as hex; null where they were made while they were sent, or where not all of them were sent. */
  readonly sha256: string | null;
}

/** Records that a file left, for whom, and from which organisation (null: from the whole installation). */
export const recordTaken = (file: TakenFile, by: Circumstances): Promise<void> =>
  inTransaction(() => record('organisation.exported', { ...file }, by));
