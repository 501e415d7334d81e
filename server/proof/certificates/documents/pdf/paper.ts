/** The paper sizes for certificates, in landscape. */
export const PAPER_SIZES = ['a4', 'letter'] as const;
export type PaperSize = (typeof PAPER_SIZES)[number];

/**
 * A sheet and the layout on it, in millimetres: `horizon` is the height of the line between person and proof, `shift` how
 * far the arches are moved, `column` the width of the text beside them, `edge` where text ends on the right.
 */
export type Paper = {
  name: 'A4' | 'LETTER';
  width: number;
  horizon: number;
  shift: number;
  column: number;
  edge: number;
};

/** Letter is less wide: the text stays, and the arches move nearer to it. */
export const PAPERS: Record<PaperSize, Paper> = {
  a4: { name: 'A4', width: 297, horizon: 146, shift: 0, column: 158, edge: 277 },
  letter: { name: 'LETTER', width: 279.4, horizon: 150, shift: -17.6, column: 145, edge: 259.4 },
};

/** The size that a query parameter asks for, or `usual`. */
export function paperSizeFrom(asked: unknown, usual: PaperSize): PaperSize {
  return PAPER_SIZES.find(size => size === asked) ?? usual;
}
