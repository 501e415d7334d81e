import { create } from 'qrcode';
import { COLOURS, SHRINK, TINTS } from '../colours.js';
import type { Paper } from './paper.js';

type Doc = PDFKit.PDFDocument;

const FLOOR = TINTS[4];

/** The arches: half width, straight sides, centre, and distance from vanishing point to base, in millimetres. */
const ARCH = { radius: 43.65, leg: 44.35, centre: 231, drop: 32.9 } as const;

/** Draw everything without words: the arches, the horizon and its waymarks. Units are millimetres. */
export function drawScene(doc: Doc, { width, horizon, shift }: Paper): void {
  doc.save().translate(shift, horizon);
  TINTS.forEach((tint, ring) => drawArch(doc, SHRINK ** ring, tint));
  drawFloorAndSun(doc, SHRINK ** (TINTS.length - 1));
  doc.restore();
  doc.lineWidth(0.7).strokeColor(COLOURS.brand);
  doc.moveTo(0, horizon).lineTo(width, horizon).stroke();
  doc.lineWidth(0.6);
  doc.circle(20, horizon, 1.8).circle(148, horizon, 1.8).fillAndStroke(COLOURS.paper, COLOURS.brand);
  doc.circle(ARCH.centre + shift, horizon, 2.3).fillAndStroke(COLOURS.dawn, COLOURS.brand);
}

/** Draw the logo, 9 × 9 mm: a path that becomes an arch, with light on the horizon inside it. */
export function drawMark(doc: Doc): void {
  doc
    .scale(9 / 32)
    .lineWidth(2.75)
    .lineCap('round')
    .lineJoin('round');
  doc.path('M11 26.5a5 5 0 0 1 10 0z').fill(COLOURS.dawn);
  doc.path('M1.5 26.5H7V14.5a9 9 0 0 1 18 0v12h5.5').stroke(COLOURS.brand);
}

/** Draw a QR code (error correction M) as rectangles; `size` includes a quiet zone of two modules. */
export function drawQr(doc: Doc, text: string, size: number): void {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  doc.scale(size / (modules.size + 4));
  for (let row = 0; row < modules.size; row++) {
    for (const { from, length } of darkRuns(modules, row)) doc.rect(from + 2, row + 2, length, 1);
  }
  doc.fill(COLOURS.ink);
}

/** Adjacent modules share a rectangle: that takes fewer bytes, and leaves no hairlines on paper. */
function darkRuns(modules: { size: number; get(row: number, column: number): number }, row: number) {
  const runs: { from: number; length: number }[] = [];
  for (let column = 0; column < modules.size; column++) {
    if (!modules.get(row, column)) continue;
    const last = runs.at(-1);
    if (last && last.from + last.length === column) last.length++;
    else runs.push({ from: column, length: 1 });
  }
  return runs;
}

function drawArch(doc: Doc, scale: number, tint: string): void {
  const radius = ARCH.radius * scale;
  const base = baseOf(scale);
  const top = base - ARCH.leg * scale;
  const [left, right] = [ARCH.centre - radius, ARCH.centre + radius];
  doc.path(`M${left} ${base}V${top}A${radius} ${radius} 0 0 1 ${right} ${top}V${base}z`).fill(tint);
}

function drawFloorAndSun(doc: Doc, smallest: number): void {
  const { centre, radius } = ARCH;
  const [sun, base] = [0.6 * radius * smallest, baseOf(smallest)];
  const floor = sun / smallest;
  doc.path(`M${centre - sun} ${base}H${centre + sun}L${centre + floor} 0H${centre - floor}z`).fill(FLOOR);
  doc.path(`M${centre - sun} ${base}A${sun} ${sun} 0 0 1 ${centre + sun} ${base}z`).fill(COLOURS.dawn);
}

function baseOf(scale: number): number {
  return -ARCH.drop * (1 - scale);
}
