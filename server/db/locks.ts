/**
 * The numbers of all advisory locks that the program takes on PostgreSQL. Whoever shares one waits for the other, so each
 * is used for one thing alone. Never change a number: while a server is replaced, the older program still runs beside it.
 */
export const LOCKS = {
  schema: 7_201_124,
  eventChain: 7_201_125,
  rulings: 7_201_126,
  start: 7_201_127,
  issuerKeys: 7_201_128,
} as const;
