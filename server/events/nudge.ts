import type { EventName } from './event-payloads.js';

/** Is told after a commit what was recorded; nothing where there is other work. */
type Listener = (event?: EventName) => void;

let wake: Listener = () => undefined;

/** Tell the worker of this process that there may be something to do: an event of this name, or anything. */
export const nudge = (event?: EventName): void => wake(event);

/** Call `listener` at every nudge, in place of any earlier listener. Returns how to stop that. */
export function onNudge(listener: Listener): () => void {
  wake = listener;
  return () => {
    if (wake === listener) wake = () => undefined;
  };
}
