import { COLOURS } from '../colours.js';
import { readSigned, type SignedFacts } from '../../../open-badges/signed-facts.js';
import { bytesOf, openDocument } from './document.js';
import { drawArtwork, drawBlock, drawTextLine } from './blocks.js';
import { PAPERS, type Paper, type PaperSize } from './paper.js';
import { drawPerson } from './named-person.js';
import { drawMark, drawScene } from './picture.js';
import { drawCheck, drawSignature } from './proof.js';
import { dateInWords, inFours, PAPER_WORDS } from './paper-words.js';

/**
 * What the PDF shows. `credential` is the signed text as issued: the facts are drawn from it, and it is attached unchanged.
 * The rest is not signed: `code`, the number without separators; `codeUrl`, which the QR code opens; `checkUrl`, the page
 * where the number is typed; `ledgerHead`, the hash of the issuance ledger at the issue; `timeZone` (IANA) for the dates.
 */
export type PdfFacts = {
  credential: string;
  code: string;
  codeUrl: string;
  checkUrl: string;
  ledgerHead: string | null;
  timeZone: string;
  size: PaperSize;
};

type Doc = PDFKit.PDFDocument;

/**
 * Draw the certificate on one landscape page, as tagged PDF/A-3b with the signed credential attached. The same facts give
 * the same bytes: the only time in the file is that of the award.
 */
export function drawCertificate(facts: PdfFacts): Promise<Buffer> {
  const signed = readSigned(facts.credential);
  const paper = PAPERS[facts.size];
  const doc = openDocument({
    ...{ paper, layout: 'landscape', title: `${PAPER_WORDS.title}: ${signed.course.title}` },
    ...{ author: signed.issuer.did, subject: inFours(facts.code, '-'), time: signed.awardedAt },
  });
  const bytes = bytesOf(doc);
  attach(doc, facts.credential, signed);
  drawArtwork(doc, () => drawScene(doc, paper));
  drawArtwork(doc, () => drawMark(doc.translate(20, 17)));
  drawPerson(doc, signed, paper);
  drawDates(doc, signed, facts.timeZone, paper);
  drawCheck(doc, facts, paper);
  drawSignature(doc, { ...signed, ledgerHead: facts.ledgerHead }, paper);
  doc.end();
  return bytes;
}

function attach(doc: Doc, credential: string, { awardedAt }: SignedFacts): void {
  const time = new Date(awardedAt);
  doc.file(Buffer.from(credential), {
    name: 'credential.json',
    type: 'application/vc+ld+json',
    description: 'The signed certificate (Open Badges 3.0)',
    relationship: 'Data',
    creationDate: time,
    modifiedDate: time,
  });
}

function drawDates(doc: Doc, signed: SignedFacts, timeZone: string, { column }: Paper): void {
  const { awardedAt, validUntil, issuer } = signed;
  const end = validUntil === null ? PAPER_WORDS.noEnd : dateInWords(validUntil, timeZone);
  const columns = [
    { x: 20, width: 46, label: PAPER_WORDS.awarded, value: dateInWords(awardedAt, timeZone) },
    { x: 72, width: 46, label: PAPER_WORDS.validUntil, value: end },
    { x: 124, width: column - 104, label: PAPER_WORDS.issuedBy, value: issuer.name },
  ];
  for (const { x, width, label, value } of columns) {
    drawTextLine(doc, 'P', label, { x, y: 126, size: 9, colour: COLOURS.soft });
    drawBlock(doc, 'P', value, { x, y: 131.7, width, weight: 'bold', leading: 1.2, steps: DATES });
  }
}

const DATES = [
  { size: 12, lines: 2 },
  { size: 9, lines: 9 },
] as const;
