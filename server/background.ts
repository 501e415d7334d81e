import type { WorkerSide } from './door.js';
import type { RecordedEvent } from './platform/events/event-payloads.js';
import type { ReadyReactions } from './platform/events/reaction.js';
import type { Routine } from './platform/events/routines/routine.js';
import { slices } from './slices.js';
import type { KeptFigure } from './platform/sums/kept-figure.js';

/** Every figure that is kept as sums. */
export const countedFigures: readonly KeptFigure[] = slices.flatMap(({ figures }) => figures ?? []);

/** What each reaction does about an event, by its name. */
export const createReactions = (deps: WorkerSide): ReadyReactions =>
  Object.fromEntries(
    slices
      .flatMap(({ reactions }) => Object.entries(reactions ?? {}))
      .map(([name, { does }]) => [name, (event: RecordedEvent) => does(event, deps)]),
  );

/** What the clock asks for, in UTC. */
export const createRoutines = (deps: WorkerSide): Routine[] =>
  slices
    .flatMap(({ routines }) => Object.entries(routines ?? {}))
    .map(([name, { run, ...scheduled }]) => ({
      name,
      ...scheduled,
      run: () => run({ ...deps, figures: countedFigures }),
    }));
