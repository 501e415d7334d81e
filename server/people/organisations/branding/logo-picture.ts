import { Resvg } from '@resvg/resvg-js';

/** A logo as we wrote it. */
export interface LogoPicture {
  readonly png: Buffer;
  readonly width: number;
  readonly height: number;
}

/** The most pixels that are decoded, and the box into which a logo is drawn. */
const MOST_PIXELS = 4_000_000;
const WIDEST = 240;
const HIGHEST = 80;

/**
 * A picture (PNG or JPEG), drawn anew: nothing that is hidden in the file survives. Its size is read before it is decoded.
 * Returns the key of a text where it cannot be used.
 */
export function drawLogo(file: Buffer): LogoPicture | 'errors.logo-kind' | 'errors.logo-pixels' {
  const found = sizeOfPng(file) ?? sizeOfJpeg(file);
  if (!found || found.width === 0 || found.height === 0) return 'errors.logo-kind';
  if (found.width * found.height > MOST_PIXELS) return 'errors.logo-pixels';
  const scale = Math.min(1, WIDEST / found.width, HIGHEST / found.height);
  const [width, height] = [Math.ceil(found.width * scale), Math.ceil(found.height * scale)];
  const drawn = new Resvg(frame(file, found.type, { width, height })).render();
  // A file that is broken further on leaves an empty picture.
  if (!drawn.pixels.some(part => part !== 0)) return 'errors.logo-kind';
  return { png: drawn.asPng(), width, height };
}

const frame = (file: Buffer, type: string, { width, height }: { width: number; height: number }): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
  `<image href="data:${type};base64,${file.toString('base64')}" width="${width}" height="${height}"/></svg>`;

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

/** A PNG begins with its size (PNG, third edition, 11.2.1). */
function sizeOfPng(file: Buffer) {
  if (file.length < 33 || !file.subarray(0, PNG.length).equals(PNG)) return null;
  return { type: 'image/png', width: file.readUInt32BE(16), height: file.readUInt32BE(20) };
}

/** A JPEG says its size in the header of its frame (ITU-T T.81, B.2.2), after any number of other segments. */
function sizeOfJpeg(file: Buffer) {
  if (file.length < 4 || file.readUInt16BE(0) !== 0xffd8) return null;
  for (let at = 2; at + 9 <= file.length && file[at] === 0xff; at += 2 + file.readUInt16BE(at + 2))
    if (isFrame(file[at + 1] ?? 0))
      return { type: 'image/jpeg', width: file.readUInt16BE(at + 7), height: file.readUInt16BE(at + 5) };
  return null;
}

/** Markers SOF0 to SOF15, without those of tables (DHT, JPG, DAC). */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
