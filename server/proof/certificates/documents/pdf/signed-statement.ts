import { COLOURS } from '../colours.js';
import { isWhole, printable } from '../fonts/printable.js';
import { drawArtwork, drawPlaced, drawTextLine, placeText } from './blocks.js';
import { bytesOf, openDocument } from './document.js';
import { PAPERS, type PaperSize } from './paper.js';
import { PAPER_WORDS } from './paper-words.js';
import { drawMark } from './picture.js';

/** What the paper of a signed statement shows. `id` is in the file alone; `signedAt`: epoch ms. */
export interface StatementFacts {
  readonly id: string;
  readonly title: string;
  readonly organisation: string;
  readonly text: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly notes: readonly string[];
  /** Follows the notes where a letter of the text or of a name cannot be printed. */
  readonly unprinted: string;
  readonly signedAt: number;
  readonly size: PaperSize;
}

type Doc = PDFKit.PDFDocument;

/** In millimetres: the first baseline of a page, and how far above its lower edge the last one is. */
const [TOP, FOOT, WIDTH] = [28, 20, 170];
const HEIGHTS: Record<PaperSize, number> = { a4: 297, letter: 279.4 };

/** Draw a statement that somebody signed on an upright page, as tagged PDF/A-3b; a long one goes on on the next. */
export function drawStatement(facts: StatementFacts): Promise<Buffer> {
  const { id, title, organisation: author, signedAt: time, size } = facts;
  const paper = { paper: PAPERS[size], layout: 'portrait' as const };
  const doc = openDocument({ ...paper, title, author, subject: id, time });
  const bytes = bytesOf(doc);
  drawArtwork(doc, () => drawMark(doc.translate(20, 17)));
  drawTextLine(doc, 'P', PAPER_WORDS.product, { x: 31.7, y: 24.4, size: 15, weight: 'bold' });
  drawBody(writerOn(doc, HEIGHTS[size] - FOOT), facts);
  doc.end();
  return bytes;
}

function drawBody(write: Writer, { title, text, facts, notes, unprinted }: StatementFacts): void {
  write('H1', title, { size: 20, weight: 'bold', gap: 18 });
  const paragraphs = text.split('\n').filter(each => each.trim() !== '');
  for (const [at, each] of paragraphs.entries()) write('P', each, { size: 13, gap: at === 0 ? 14 : 9 });
  for (const [at, { label, value }] of facts.entries()) {
    write('P', label, { size: 9, colour: COLOURS.soft, gap: at === 0 ? 16 : 9 });
    write('P', value, { size: 11, weight: 'bold', gap: 5 });
  }
  const shown = [...paragraphs, ...facts.map(({ value }) => value)];
  const all = shown.every(isWhole) ? notes : [...notes, unprinted];
  for (const [at, each] of all.entries())
    write('P', each, { size: 9, colour: COLOURS.soft, gap: at === 0 ? 14 : 6 });
}

interface Written {
  readonly size: number;
  readonly weight?: 'bold';
  readonly colour?: string;
  /** Millimetres from the last line of what stands above. */
  readonly gap: number;
}

type Writer = (tag: string, text: string, how: Written) => void;

/** Writes one text below the other, and on the next page what has no room above `last`. */
function writerOn(doc: Doc, last: number): Writer {
  let y = TOP;
  return (tag, text, { size, gap, ...style }) => {
    const placed = (at: number) =>
      placeText(printable(text), {
        ...{ y: at, width: WIDTH, leading: 1.35, steps: [{ size, lines: 99 }] },
        ...style,
      });
    let found = placed(y + gap);
    if (found.last > last) {
      doc.addPage();
      found = placed(TOP);
    }
    drawPlaced(doc, tag, found);
    y = found.last;
  };
}
