import PDFDocument from 'pdfkit';
import type { PAPERS } from './paper.js';
import { PAPER_WORDS } from './paper-words.js';

/** A page, and what the file says of itself. `subject`: a number that no other file has; `time` (epoch ms): the only one in the file. */
interface DocumentFacts {
  readonly paper: (typeof PAPERS)[keyof typeof PAPERS];
  readonly layout: 'landscape' | 'portrait';
  readonly title: string;
  readonly author: string;
  readonly subject: string;
  readonly time: number;
}

/** An empty document, as tagged PDF/A-3b. The same facts give the same bytes. */
export function openDocument({ paper, layout, title, author, subject, time }: DocumentFacts) {
  const date = new Date(time);
  const doc = new PDFDocument({
    size: paper.name,
    layout,
    margin: 0,
    // Empty, or pdfkit starts with a standard font that it does not embed, which PDF/A forbids.
    font: '',
    pdfVersion: '1.7',
    subset: 'PDF/A-3b',
    tagged: true,
    lang: 'en',
    displayTitle: true,
    info: {
      Title: title,
      Author: author,
      // The file's identifier is computed from this dictionary; without the number two files could share one.
      Subject: subject,
      Creator: PAPER_WORDS.product,
      Producer: PAPER_WORDS.product,
      CreationDate: date,
      ModDate: date,
    },
  });
  joinOperators(doc.page);
  doc.on('pageAdded', () => joinOperators(doc.page));
  return doc;
}

/** pdfkit makes bytes of each operator, letter by letter. Here the operators of a page become bytes together, at its end. */
function joinOperators(page: PDFKit.PDFPage): void {
  const operators: string[] = [];
  const end = page.end.bind(page);
  page.write = (operator: string) => void operators.push(operator);
  page.end = () => {
    page.content.write(Buffer.from(`${operators.join('\n')}\n`, 'latin1'));
    end();
  };
}

/** The bytes of a document, once it is ended. */
export async function bytesOf(doc: PDFKit.PDFDocument): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of doc) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
