/** A part of an archive. `size` is the exact length of `content` in bytes. */
export interface Part {
  readonly name: string;
  readonly size: number;
  readonly content: AsyncIterable<Buffer> | readonly Buffer[];
}

const BLOCK = 512;

/** Larger sizes have no room in eleven octal digits and are written in binary, as GNU tar does. */
const OCTAL_LIMIT = 8 ** 11;

/**
 * Make a tar file (POSIX ustar) of these parts, in pieces, so that memory use does not depend on their size. Any tar will
 * still open it in ten years, without us.
 */
export async function* tarred(
  parts: AsyncIterable<Part> | readonly Part[],
  mtime: number,
): AsyncGenerator<Buffer> {
  for await (const { name, size, content } of parts) {
    yield header({ name, size }, mtime);
    let written = 0;
    for await (const piece of content) {
      written += piece.length;
      yield piece;
    }
    if (written !== size) throw new Error(`${name} changed while it was read`);
    yield Buffer.alloc(padding(size));
  }
  yield Buffer.alloc(2 * BLOCK);
}

/** The folder of a path goes into a field of its own, which makes room for 100 bytes each. */
function header({ name, size }: { name: string; size: number }, mtime: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  const cut = name.indexOf('/');
  const [folder, file] = [name.slice(0, Math.max(cut, 0)), name.slice(cut + 1)];
  if (Buffer.byteLength(file) > 100) throw new Error(`${file} is too long a name for an archive`);
  block.write(file, 0);
  block.write('0000600\0', 100);
  block.write('0000000\0', 108);
  block.write('0000000\0', 116);
  writeSize(block, size);
  block.write(octal(Math.floor(mtime / 1000), 11), 136);
  block.write('0', 156);
  block.write('ustar\x0000', 257);
  block.write(folder, 345);
  block.write(`${octal(checksum(block), 6)}\0 `, 148);
  return block;
}

function writeSize(block: Buffer, size: number): void {
  if (size < OCTAL_LIMIT) return void block.write(octal(size, 11), 124);
  block.writeUInt8(0x80, 124);
  block.writeBigUInt64BE(BigInt(size), 128);
}

const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0');

/** Over the header, its own field taken as spaces. */
const checksum = (block: Buffer): number =>
  block.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : byte), 0);

const padding = (size: number): number => (BLOCK - (size % BLOCK)) % BLOCK;

/** A part as it is read; what is left unread of `content` is skipped. */
export interface ReadPart {
  readonly name: string;
  readonly size: number;
  readonly content: AsyncIterable<Buffer>;
}

/** The parts of a tar file, in order. Throws when it is damaged or truncated. */
export async function* untarred(source: AsyncIterable<Buffer>): AsyncGenerator<ReadPart> {
  const pieces = new Pieces(source);
  for (;;) {
    const block = await pieces.exactly(BLOCK);
    if (block.every(byte => byte === 0)) return;
    const { name, size } = readHeader(block);
    let left = size;
    async function* content(): AsyncGenerator<Buffer> {
      while (left > 0) {
        const piece = await pieces.atMost(left);
        left -= piece.length;
        yield piece;
      }
    }
    yield { name, size, content: content() };
    while (left > 0) left -= (await pieces.atMost(left)).length;
    await pieces.exactly(padding(size));
  }
}

function readHeader(block: Buffer): { name: string; size: number } {
  if (parseInt(text(block, 148, 8), 8) !== checksum(block)) throw new Error('The archive is damaged');
  const folder = text(block, 345, 155);
  const file = text(block, 0, 100);
  const size =
    block.readUInt8(124) === 0x80 ? Number(block.readBigUInt64BE(128)) : parseInt(text(block, 124, 12), 8);
  return { name: folder ? `${folder}/${file}` : file, size };
}

const text = (block: Buffer, start: number, length: number): string =>
  block.toString('utf8', start, start + length).replace(/[\0 ].*$/s, '');

/** Reads pieces of any length by the length that is wanted. */
class Pieces {
  readonly #source: AsyncIterator<Buffer>;
  #rest = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async atMost(length: number): Promise<Buffer> {
    while (this.#rest.length === 0) {
      const next = await this.#source.next();
      if (next.done) throw new Error('The archive ends before its end: it was cut off');
      this.#rest = Buffer.from(next.value);
    }
    const piece = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(piece.length);
    return piece;
  }

  async exactly(length: number): Promise<Buffer> {
    const found: Buffer[] = [];
    for (let left = length; left > 0;) {
      const piece = await this.atMost(left);
      found.push(piece);
      left -= piece.length;
    }
    return Buffer.concat(found);
  }
}
