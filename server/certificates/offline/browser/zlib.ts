import { gunzipSync as gunzip, gzipSync as gzip, unzlibSync } from 'fflate';

/** Stands in a browser for what the readers use of `node:zlib`: the same limits, the same refusal by an error. */
interface Limit {
  readonly maxOutputLength: number;
}

/** Unpacks into a room of one byte more than allowed: who fills that, has more. */
const within = (unpack: (room: Uint8Array) => Uint8Array, { maxOutputLength }: Limit): Buffer => {
  const found = unpack(new Uint8Array(maxOutputLength + 1));
  if (found.length > maxOutputLength) throw new RangeError('It unpacks to more than is allowed');
  return Buffer.from(found);
};

export const inflateSync = (data: Uint8Array, limit: Limit): Buffer =>
  within(out => unzlibSync(data, { out }), limit);

export const gunzipSync = (data: Uint8Array, limit: Limit): Buffer =>
  within(out => gunzip(data, { out }), limit);

export const gzipSync = (data: Uint8Array): Buffer => Buffer.from(gzip(data));

/** The sum of a PNG's chunks (ISO 3309). */
export function crc32(data: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of data) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}
