import { Unavailable } from '../../../errors.js';
import { openThread, programBeside, type ThreadLimits } from '../../../platform/lib/threads.js';
import type { JsonBytes } from './json-parts.js';
import type { PreviewOptions } from './preview/judge-roster.js';
import type { Summary } from './preview/summary.js';
import type { RosterRefusal, RosterTable } from './reading/roster-table.js';

/** A file to read, or stored rows to compare with an organisation. */
export type RosterQuestion =
  | { readonly kind: 'read'; readonly bytes: Uint8Array }
  | {
      readonly kind: 'preview';
      /** Of `TableRow[]`. */
      readonly parts: readonly JsonBytes[];
      /** Of `KnownMember[]`; taken off as they are read. */
      readonly members: JsonBytes[];
      /** Of `KnownUnit[]`. */
      readonly units: string;
      readonly options: PreviewOptions;
    };

/** What came of a file: its parts (JSON of `TableRow[]`), or why it is not taken. */
export type RosterFileAnswer =
  | ({ readonly kind: 'read'; readonly parts: readonly string[]; readonly rowCount: number } & RosterTable)
  | { readonly kind: 'refused'; readonly refusal: RosterRefusal; readonly line: number | null };

/** Verdicts for each part, and of those who leave without a row (JSON of `StoredVerdict[]`). */
export interface PreviewAnswer {
  readonly kind: 'previewed';
  readonly verdicts: readonly string[];
  readonly leaves: readonly string[];
  readonly summary: Summary;
}

/** Reads and compares rosters outside the thread that answers people, one at a time. */
export interface RosterThread {
  /** Throws `Unavailable` when too many wait, or the thread failed. */
  read(bytes: Uint8Array): Promise<RosterFileAnswer>;
  /** As `read`. Takes the parts and the people over: they are empty afterwards. */
  preview(question: Omit<Extract<RosterQuestion, { kind: 'preview' }>, 'kind'>): Promise<PreviewAnswer>;
}

const WAITING = 20;

/** In milliseconds and megabytes: 50,000 rows take a few seconds. */
const LIMITS = { answer: 60_000, idle: 2_000, memory: 384 };

export function openRosterThread(
  limits: Partial<ThreadLimits> = {},
  program = programBeside(import.meta.url, 'roster-thread-program'),
): RosterThread {
  const thread = openThread<RosterQuestion, RosterFileAnswer | PreviewAnswer>(program, {
    ...LIMITS,
    ...limits,
  });

  async function ask(
    question: RosterQuestion,
    moved: readonly JsonBytes[] = [],
  ): Promise<RosterFileAnswer | PreviewAnswer> {
    if (thread.asked >= WAITING) throw new Unavailable('Too many rosters are waiting to be read');
    const buffers = moved.map(({ buffer }) => buffer);
    return thread.ask(question, buffers).catch((cause: unknown) => {
      throw new Unavailable('A roster could not be read', { cause });
    });
  }

  return {
    async read(bytes) {
      const answer = await ask({ kind: 'read', bytes });
      if (answer.kind === 'previewed') throw new Error('The roster thread read nothing');
      return answer;
    },
    async preview(question) {
      const answer = await ask({ kind: 'preview', ...question }, [...question.parts, ...question.members]);
      if (answer.kind !== 'previewed') throw new Error('The roster thread compared nothing');
      return answer;
    },
  };
}
