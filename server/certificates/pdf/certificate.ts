import PDFDocument from 'pdfkit';
import { artwork, block, inMillimetres, line } from './blocks.js';
import { registerFonts } from './fonts.js';
import { COLOURS, drawMark, drawQr, drawScene } from './picture.js';
import { assuranceSentence, dateInWords, inFours, spokenAddress, WORDS } from './words.js';

/**
 * What the paper shows. Times are epoch milliseconds, shown in `timeZone` (IANA). `code` is the number
 * without separators; `codeUrl` is what the QR code opens, `checkUrl` the page where the number is typed.
 * `publicKeyMultibase` is the whole key that signed, so the paper names it when nothing else survives.
 * `credential` are the signed bytes as issued; they are attached unchanged.
 */
export type PdfFacts = {
  name: string;
  course: { title: string; summary: string };
  organisationName: string;
  awardedAt: number;
  validUntil: number | null;
  timeZone: string;
  assurance: 'holder' | 'employer';
  code: string;
  codeUrl: string;
  checkUrl: string;
  issuerDid: string;
  publicKeyMultibase: string;
  credential: Uint8Array;
};

type Doc = PDFKit.PDFDocument;

/**
 * The certificate on A4 landscape, as tagged PDF/A-3b with the signed credential attached. The same facts
 * give the same bytes: the only time in it is that of the award.
 */
export function drawCertificate(facts: PdfFacts): Promise<Buffer> {
  const doc = openDocument(facts);
  const bytes = collect(doc);
  registerFonts(doc);
  attach(doc, facts);
  artwork(doc, () => drawScene(doc));
  artwork(doc, () => drawMark(doc.translate(20, 17)));
  drawPerson(doc, facts);
  drawDates(doc, facts);
  drawCheck(doc, facts);
  drawSignature(doc, facts);
  doc.end();
  return bytes;
}

function openDocument({ course, awardedAt, issuerDid }: PdfFacts): Doc {
  const time = new Date(awardedAt);
  return new PDFDocument({
    size: 'A4',
    layout: 'landscape',
    margin: 0,
    // Empty, or pdfkit starts with a standard font that it does not embed, which PDF/A forbids.
    font: '',
    pdfVersion: '1.7',
    subset: 'PDF/A-3b',
    tagged: true,
    lang: 'en',
    displayTitle: true,
    info: {
      Title: `${WORDS.title}: ${course.title}`,
      Author: issuerDid,
      Creator: WORDS.product,
      Producer: WORDS.product,
      CreationDate: time,
      ModDate: time,
    },
  });
}

async function collect(doc: Doc): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of doc) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function attach(doc: Doc, { credential, awardedAt }: PdfFacts): void {
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

/** Above the horizon: the person. Sizes step down for long names; the lines below move with them. */
function drawPerson(doc: Doc, { name, course }: PdfFacts): void {
  line(doc, 'P', WORDS.product, { x: 31.7, y: 24.4, size: 15, weight: 'bold' });
  line(doc, 'P', WORDS.title, { x: 20, y: 49, size: 9, weight: 'medium', colour: COLOURS.soft });
  const named = block(doc, 'H1', name, { capTop: 55, weight: 'bold', leading: 1.12, steps: NAME_STEPS });
  const completed = Math.max(77.6, named + 9);
  line(doc, 'P', WORDS.completed, { x: 20, y: completed, size: 15, colour: COLOURS.soft });
  const titled = block(doc, 'H2', course.title, {
    y: Math.max(96.2, completed + 13),
    weight: 'bold',
    leading: 1.15,
    steps: [
      { size: 22, lines: 1 },
      { size: 17, lines: 2 },
      { size: 13, lines: 9 },
    ],
  });
  block(doc, 'P', course.summary, {
    y: titled + 7.2,
    colour: COLOURS.soft,
    leading: 1.35,
    steps: [
      { size: 11, lines: 2 },
      { size: 9, lines: 9 },
    ],
  });
}

const NAME_STEPS = [
  { size: 45, lines: 1 },
  { size: 34, lines: 1 },
  { size: 26, lines: 2 },
  { size: 18, lines: 3 },
  { size: 13, lines: 9 },
] as const;

function drawDates(doc: Doc, facts: PdfFacts): void {
  const { awardedAt, validUntil, timeZone, organisationName } = facts;
  const end = validUntil === null ? WORDS.noEnd : dateInWords(validUntil, timeZone);
  const columns = [
    { x: 20, width: 46, label: WORDS.awarded, value: dateInWords(awardedAt, timeZone) },
    { x: 72, width: 46, label: WORDS.validUntil, value: end },
    { x: 124, width: 56, label: WORDS.issuedBy, value: organisationName },
  ];
  for (const { x, width, label, value } of columns) {
    line(doc, 'P', label, { x, y: 126, size: 9, colour: COLOURS.soft });
    block(doc, 'P', value, {
      x,
      y: 131.7,
      width,
      weight: 'bold',
      leading: 1.2,
      steps: [
        { size: 12, lines: 2 },
        { size: 9, lines: 9 },
      ],
    });
  }
}

/** Below the horizon: the proof. Left, for a person with a phone. */
function drawCheck(doc: Doc, { code, codeUrl, checkUrl }: PdfFacts): void {
  const picture = () => inMillimetres(doc, () => drawQr(doc.translate(18, 154.7), codeUrl, 32));
  doc.addStructure(doc.struct('Figure', { alt: `QR code for ${codeUrl}` }, picture));
  line(doc, 'P', WORDS.check, { x: 56, y: 159.8, size: 9, weight: 'medium', colour: COLOURS.soft });
  line(doc, 'P', inFours(code, '-'), { x: 56, y: 166.3, size: 13.5, weight: 'code' });
  block(doc, 'P', spokenAddress(checkUrl), { x: 56, y: 172, width: 86, leading: 1.3, steps: SMALL });
  block(doc, 'P', WORDS.limits, {
    x: 56,
    y: 179.3,
    width: 84,
    leading: 1.4,
    steps: NOTE,
    colour: COLOURS.soft,
  });
}

/** Right, for a machine or an auditor: who signed, with which key, and how far to trust the name. */
function drawSignature(doc: Doc, { issuerDid, publicKeyMultibase, assurance }: PdfFacts): void {
  line(doc, 'P', WORDS.signed, { x: 148, y: 159.8, size: 9, weight: 'medium', colour: COLOURS.soft });
  const did = block(doc, 'P', issuerDid, { x: 148, y: 164.8, width: 129, leading: 1.3, steps: SMALL });
  const key = block(doc, 'P', inFours(publicKeyMultibase, ' '), {
    x: 148,
    y: did + 5.4,
    width: 70,
    weight: 'code',
    leading: 1.3,
    steps: [{ size: 10.5, lines: 9 }],
  });
  const note = assuranceSentence(assurance);
  block(doc, 'P', note, {
    x: 148,
    y: key + 7.5,
    width: 129,
    leading: 1.4,
    steps: NOTE,
    colour: COLOURS.soft,
  });
}

const SMALL = [
  { size: 10, lines: 1 },
  { size: 8, lines: 9 },
] as const;
const NOTE = [{ size: 9, lines: 9 }] as const;
