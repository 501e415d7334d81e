import { isUtf8 } from 'node:buffer';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** Bytes that are looked at to recognise UTF-16 without a mark at its beginning. */
const LOOKED_AT = 1_000;

/** What Windows-1252 puts in the places 0x80 to 0x9f; five of them are empty. Some versions of Node read Latin-1 there. */
const WINDOWS = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** How a text file was written: by its mark, else by what its bytes can be. Windows-1252 is a guess: any bytes can be that. */
export function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const [even, odd] = zeros(bytes.subarray(0, LOOKED_AT));
  if (odd > even * 4 && odd > 0) return 'utf-16le';
  if (even > odd * 4 && even > 0) return 'utf-16be';
  return isUtf8(bytes) ? 'utf-8' : 'windows-1252';
}

/** How many bytes at even and at odd places are zero: in UTF-16 nearly every second byte of a Latin text is. */
function zeros(bytes: Uint8Array): [number, number] {
  const found: [number, number] = [0, 0];
  bytes.forEach((byte, at) => {
    if (byte === 0) found[at % 2 === 0 ? 0 : 1] += 1;
  });
  return found;
}

const PIECE = 65_536;

/** The text of a file, piece by piece and without its mark. */
export function* decoded(bytes: Uint8Array, encoding: Encoding): Generator<string, void> {
  const decode = decoderOf(encoding);
  for (let at = 0; at < bytes.length; at += PIECE) yield decode(bytes.subarray(at, at + PIECE), true);
  yield decode(new Uint8Array(), false);
}

function decoderOf(encoding: Encoding): (bytes: Uint8Array, isMore: boolean) => string {
  if (encoding === 'windows-1252') return windows;
  const decoder = new TextDecoder(encoding);
  return (bytes, stream) => decoder.decode(bytes, { stream });
}

const windows = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('latin1')
    .replace(/[\x80-\x9f]/g, letter => WINDOWS[letter.charCodeAt(0) - 0x80] ?? letter);
