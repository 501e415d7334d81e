import { crc32 } from 'node:zlib';
import { zlibSync } from 'fflate';
import { SIDE } from './drawing.js';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Eight bits a channel, red green blue, no interlacing. */
const FORMAT = [8, 2, 0, 0, 0];

/**
 * Pixels (SIDE × SIDE, three bytes each) as PNG with the signed text baked in, as Open Badges 3.0 says ("Baking
 * PNG"): one uncompressed iTXt chunk. Packed by fflate, so that the bytes are the same on every machine.
 */
export function bakedPng(pixels: Uint8Array, credential: string): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32BE(SIDE, 0);
  header.writeUInt32BE(SIDE, 4);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', Buffer.from([...header, ...FORMAT])),
    chunk('iTXt', Buffer.from(`openbadgecredential\0\0\0\0\0${credential}`)),
    chunk('IDAT', zlibSync(rowsOf(pixels), { level: 6 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** Each row begins with its filter: none, which suits flat colours. */
function rowsOf(pixels: Uint8Array): Uint8Array {
  const width = SIDE * 3;
  const rows = new Uint8Array(SIDE * (width + 1));
  for (let row = 0; row < SIDE; row++) {
    rows.set(pixels.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
  }
  return rows;
}
