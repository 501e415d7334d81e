/**
 * The faults that kept the content of this program from being published at its start, one line each; none where it was
 * published. Kept in memory: each start reads the files again, and whoever mends them restarts.
 */
let faults: readonly string[] = [];

export const keepContentFaults = (found: readonly string[]): void => {
  faults = found;
};

export const contentFaults = (): readonly string[] => faults;
