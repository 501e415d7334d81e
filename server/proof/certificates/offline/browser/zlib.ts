import { gunzipSync as gunzip, gzipSync as gzip, unzlibSync } from 'fflate';

/** Replaces in a browser what the readers use of `node:zlib`, with the same limits and the same errors. */
interface Limit {
  readonly maxOutputLength: number;
}

/** Unpack into a buffer that is one byte too large: whatever fills it is over the limit. */
const within = (unpack: (room: Uint8Array) => Uint8Array, { maxOutputLength }: Limit): Buffer => {
  const found = unpack(new Uint8Array(maxOutputLength + 1));
  if (found.length > maxOutputLength) throw new RangeError('The unpacked file is too large');
  return Buffer.from(found);
};

export const inflateSync = (data: Uint8Array, limit: Limit): Buffer =>
  within(out => unzlibSync(data, { out }), limit);

export const gunzipSync = (data: Uint8Array, limit: Limit): Buffer =>
  within(out => gunzip(data, { out }), limit);

export const gzipSync = (data: Uint8Array): Buffer => Buffer.from(gzip(data));

/** The checksum of a PNG chunk (ISO 3309). */
export function crc32(data: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of data) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}
