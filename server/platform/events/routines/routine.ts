import type { Scheduled } from './enqueue-due.js';

/** Work that the clock asks for. It is idempotent, since it may run again after a crash. */
export interface ClockWork<Deps> extends Omit<Scheduled, 'name'> {
  readonly run: (deps: Deps) => Promise<unknown>;
}

/** The routines of a slice, by their names. Their jobs know them by it. */
export type Routines<Deps> = Readonly<Record<string, ClockWork<Deps>>>;

/** A routine that has what it needs from outside. */
export interface Routine extends Scheduled {
  readonly run: () => Promise<unknown>;
}
