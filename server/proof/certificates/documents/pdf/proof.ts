import { isWhole } from '../fonts/printable.js';
import type { SignedFacts } from '../../../open-badges/signed-facts.js';
import { COLOURS } from '../colours.js';
import { drawBlock, drawTextLine, inMillimetres } from './blocks.js';
import type { Paper } from './paper.js';
import { inFours, PAPER_WORDS, signatureNotes, spokenAddress } from './paper-words.js';
import { drawQr } from './picture.js';

type Doc = PDFKit.PDFDocument;

const FINGERPRINT = [
  { size: 10, lines: 1 },
  { size: 8.5, lines: 9 },
] as const;
const LOG = [{ size: 7, lines: 9 }] as const;
const SMALL = [
  { size: 10, lines: 1 },
  { size: 8, lines: 9 },
] as const;
const NOTE = [
  { size: 9, lines: 2 },
  { size: 8, lines: 9 },
] as const;

/** Below the horizon, on the left: how a person checks the certificate with a phone. */
export function drawCheck(
  doc: Doc,
  { code, codeUrl, checkUrl }: { code: string; codeUrl: string; checkUrl: string },
  { horizon }: Paper,
): void {
  const picture = () => inMillimetres(doc, () => drawQr(doc.translate(18, horizon + 8.7), codeUrl, 32));
  doc.addStructure(doc.struct('Figure', { alt: `QR code for ${codeUrl}` }, picture));
  const label = { size: 9, weight: 'medium', colour: COLOURS.soft } as const;
  drawTextLine(doc, 'P', PAPER_WORDS.check, { x: 56, y: horizon + 13.8, ...label });
  drawTextLine(doc, 'P', inFours(code, '-'), { x: 56, y: horizon + 20.3, size: 13.5, weight: 'code' });
  const address = { x: 56, y: horizon + 26, width: 86, leading: 1.3, steps: SMALL };
  drawBlock(doc, 'P', spokenAddress(checkUrl), address);
  const limits = { x: 56, y: horizon + 33.3, width: 84, leading: 1.4, steps: NOTE, colour: COLOURS.soft };
  drawBlock(doc, 'P', PAPER_WORDS.limits, limits);
}

/** Below the horizon, on the right, for machines and auditors: who signed, with which key, and how sure the name is. */
export function drawSignature(
  doc: Doc,
  facts: SignedFacts & { ledgerHead: string | null },
  paper: Paper,
): void {
  const { issuer, key, name, narrative, ledgerHead } = facts;
  const column = { x: 148, width: paper.edge - 148, leading: 1.3 };
  const label = { size: 9, weight: 'medium', colour: COLOURS.soft } as const;
  drawTextLine(doc, 'P', PAPER_WORDS.signed, { x: 148, y: paper.horizon + 13.8, ...label });
  let y = drawBlock(doc, 'P', issuer.did, { ...column, y: paper.horizon + 18.8, steps: SMALL });
  y = drawBlock(doc, 'P', inFours(key, ' '), { ...column, y: y + 5.4, weight: 'code', steps: FINGERPRINT });
  const soft = { ...column, leading: 1.4, colour: COLOURS.soft };
  y += 1.5;
  for (const note of signatureNotes({ narrative, whole: isWhole(name) }))
    y = drawBlock(doc, 'P', note, { ...soft, y: y + 5, steps: NOTE });
  if (ledgerHead)
    drawBlock(doc, 'P', `${PAPER_WORDS.log} ${inFours(ledgerHead, ' ')}`, { ...soft, y: y + 5, steps: LOG });
}
