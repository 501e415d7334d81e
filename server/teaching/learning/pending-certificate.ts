/** A certificate that is not there yet, for its holder; the reference is what they give who ask about it. */
export const pendingValues = (cycleId: string, isDelayed: boolean) => ({
  state: isDelayed ? ('delayed' as const) : ('soon' as const),
  reference: referenceOf(cycleId),
});

/** What people and administrators call a cycle: short enough to be read out. */
export const referenceOf = (cycleId: string): string => cycleId.slice(0, 8);
