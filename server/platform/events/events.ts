import { event } from './event.js';

/** What this folder itself records. */
export const platformEvents = {
  /** An administrator gave up a job: what it was to do, for which event, and how it had failed. */
  'job.given-up': event<{
    jobId: string;
    reaction: string;
    eventId: string | null;
    attempts: number;
    /** Null: it had not failed. */
    failure: string | null;
  }>('operation'),
  /** A file left (`taken-files.ts`); without an organisation it is one of the whole installation. */
  'organisation.exported': event<{
    file: string;
    filters: Record<string, string>;
    rows: number | null;
    sha256: string | null;
  }>('exports'),
  /** The clock of a server went from one moment to another in no time (epoch ms). */
  'clock.jumped': event<{ from: number; to: number }>('operation'),
};
