import type { QueuedReaction } from './jobs/enqueue.js';
import type { EventName } from './event-payloads.js';
import type { Reactions } from './reaction.js';

/** What follows from which event, by the names of the reactions. */
interface Choreography {
  readonly byEvent: ReadonlyMap<EventName, readonly QueuedReaction[]>;
  readonly dated: readonly string[];
  readonly awarding: readonly string[];
}

let installed: Choreography | null = null;

/**
 * Composition calls this once: what each slice does about events. From then on `record` puts the jobs in
 * the queue together with the event, whichever program runs. Throws where two reactions have the same name.
 */
export function installReactions(slices: readonly Reactions<never>[]): void {
  const all = slices.flatMap(reactions => Object.entries(reactions));
  if (new Set(all.map(([name]) => name)).size < all.length) throw new Error('A reaction is declared twice');
  const byEvent = new Map<EventName, QueuedReaction[]>();
  for (const [name, { on, isQueued, lane, isAwaited }] of all)
    if (isQueued) byEvent.set(on, [...(byEvent.get(on) ?? []), { name, lane, isAwaited }]);
  installed = {
    byEvent,
    dated: all.flatMap(([name, { isDated }]) => (isDated ? [name] : [])),
    awarding: all.flatMap(([name, { isAwarding }]) => (isAwarding ? [name] : [])),
  };
}

/** Without reactions an event would be stored, and what follows from it would never be done. */
function choreography(): Choreography {
  if (!installed) throw new Error('No reactions are installed');
  return installed;
}

/** The reactions that wait while the clock is in doubt. So do all routines. */
export const datedReactions = (): readonly string[] => choreography().dated;

/** The reactions that make a certificate for somebody who has completed a course. */
export const awardingReactions = (): readonly string[] => choreography().awarding;

/** What follows from an event. */
export const reactionsTo = (event: EventName): readonly QueuedReaction[] =>
  choreography().byEvent.get(event) ?? [];

/** The events from which something follows. */
export const eventsWithReactions = (): readonly EventName[] => [...choreography().byEvent.keys()];
