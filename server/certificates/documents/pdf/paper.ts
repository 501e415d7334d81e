/** Sizes of paper that a certificate is drawn on, landscape. */
export const PAPER_SIZES = ['a4', 'letter'] as const;
export type PaperSize = (typeof PAPER_SIZES)[number];

/**
 * A sheet and what moves with it, in millimetres: `horizon` is the height of the line that divides person
 * and proof, `shift` how far the arches move, `column` how wide the words beside them may be, `edge` where
 * text ends on the right.
 */
export type Paper = {
  name: 'A4' | 'LETTER';
  width: number;
  horizon: number;
  shift: number;
  column: number;
  edge: number;
};

/** Letter is shorter and wider in the hand: the words stay, the arches come nearer to them. */
export const PAPERS: Record<PaperSize, Paper> = {
  a4: { name: 'A4', width: 297, horizon: 146, shift: 0, column: 158, edge: 277 },
  letter: { name: 'LETTER', width: 279.4, horizon: 150, shift: -17.6, column: 145, edge: 259.4 },
};

/** The size that an address asks for; `usual` when it asks for none that is known. */
export function paperSizeFrom(asked: unknown, usual: PaperSize): PaperSize {
  return PAPER_SIZES.find(size => size === asked) ?? usual;
}
