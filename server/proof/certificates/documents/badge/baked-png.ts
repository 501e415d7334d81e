import { crc32 } from 'node:zlib';
import { Resvg } from '@resvg/resvg-js';
import type { Shape } from './badge-shapes.js';
import { svg } from './baked-svg.js';

/** The signature and the header, which is the first chunk (PNG, 5.2 and 11.2.1). */
const HEAD = 8 + 25;

/**
 * The drawing as a PNG with the signed text baked in (Open Badges 3.0, "Baking PNG"): one uncompressed iTXt chunk after the
 * header. Letters are drawn as outlines, so no font is needed.
 */
export function bakedPng(shapes: readonly Shape[], credential: string): Buffer {
  const png = new Resvg(svg(shapes), { font: { loadSystemFonts: false } }).render().asPng();
  const text = chunk('iTXt', Buffer.from(`openbadgecredential\0\0\0\0\0${credential}`));
  return Buffer.concat([png.subarray(0, HEAD), text, png.subarray(HEAD)]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
