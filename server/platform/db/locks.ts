/**
 * The numbers of all advisory locks that the program takes on PostgreSQL. Each is used for one purpose only, since whoever
 * takes the same lock waits. Never change a number: while a server is replaced, the older version still runs beside it.
 */
export const LOCKS = {
  schema: 7_201_124,
  rulings: 7_201_126,
  start: 7_201_127,
  issuerKeys: 7_201_128,
  signing: 7_201_129,
  marks: 7_201_130,
} as const;
