import type { PayloadsOf } from './event.js';
import type { platformEvents } from './events.js';

/**
 * Every event that can be recorded, with its payload: each slice adds its own in its `events.ts`. Payloads hold ids and plain
 * values, never names, addresses or answers: the events table is the audit log and outlives the people in it.
 */
export interface EventPayloads extends PayloadsOf<typeof platformEvents> {}

export type EventName = keyof EventPayloads;

/** An event as stored, and as reactions receive it. */
export interface RecordedEvent<N extends EventName = EventName> {
  readonly id: string;
  readonly name: N;
  readonly payload: EventPayloads[N];
  readonly actorId: string | null;
  readonly organisationId: string | null;
  readonly createdAt: number;
}
