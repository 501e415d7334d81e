import type { BadgeFacts } from './badge/badge.js';
import type { PdfFacts } from './pdf/certificate.js';
import type { StatementFacts } from './pdf/signed-statement.js';

/** A file that is drawn from a signed certificate: everything that it shows. The same order gives the same bytes. */
export type PaperOrder =
  | { readonly kind: 'pdf'; readonly facts: PdfFacts }
  | { readonly kind: 'badge.png' | 'badge.svg'; readonly facts: BadgeFacts };

/** A statement that somebody signed, on paper. It is drawn whenever somebody asks for it. */
export interface StatementOrder {
  readonly kind: 'statement';
  readonly facts: StatementFacts;
}

/** What the document thread is asked: for a file, or whether our fonts can print a name whole. */
export type DocumentQuestion =
  PaperOrder | StatementOrder | { readonly kind: 'is-whole'; readonly name: string };

/** What it answers. A problem is an error in the drawing, which another try would meet again. */
export type DocumentAnswer =
  { readonly drawn: Uint8Array } | { readonly isWhole: boolean } | { readonly problem: string };
