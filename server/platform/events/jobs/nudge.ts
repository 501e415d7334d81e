let wake = (): void => undefined;

/** Tell the worker of this process that there may be something to do. */
export const nudge = (): void => wake();

/** Call `listener` at every nudge, in place of any earlier listener. Returns how to stop that. */
export function onNudge(listener: () => void): () => void {
  wake = listener;
  return () => {
    if (wake === listener) wake = () => undefined;
  };
}
