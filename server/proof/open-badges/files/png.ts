import { crc32 } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const KEYWORD = Buffer.from('openbadgecredential\0');

export const isPng = (bytes: Buffer): boolean => bytes.subarray(0, 8).equals(SIGNATURE);

/**
 * The credential baked into a PNG as Open Badges 3.0 specifies: one uncompressed iTXt chunk. Null when there is none or
 * more than one, when it is compressed, or when the file is not whole: every checksum must match, and nothing may follow
 * the end. The picture itself is never unpacked.
 */
export function textInPng(bytes: Buffer): Buffer | null {
  const chunks = chunksOf(bytes);
  const baked = chunks?.filter(({ data }) => data.subarray(0, KEYWORD.length).equals(KEYWORD)) ?? [];
  const [only] = baked;
  return only?.type === 'iTXt' && baked.length === 1 ? textOf(only.data) : null;
}

type Chunk = { type: string; data: Buffer };

/** The text chunks; null when the file is truncated, extended or damaged. */
function chunksOf(bytes: Buffer): Chunk[] | null {
  const texts: Chunk[] = [];
  for (let at = SIGNATURE.length; at + 12 <= bytes.length;) {
    const end = at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length) return null;
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) return null;
    if (type === 'IEND') return end === bytes.length ? texts : null;
    if (/^[iz]TXt$|^tEXt$/.test(type)) texts.push({ type, data: bytes.subarray(at + 8, end - 4) });
    at = end;
  }
  return null;
}

/** After the keyword come the compression flag and method, the language and the translated keyword; the last two end with a zero byte. */
function textOf(data: Buffer): Buffer | null {
  const rest = data.subarray(KEYWORD.length);
  if (rest[0] !== 0 || rest[1] !== 0) return null;
  const language = rest.indexOf(0, 2);
  const translated = language === -1 ? -1 : rest.indexOf(0, language + 1);
  return translated === -1 ? null : rest.subarray(translated + 1);
}
