/**
 * The records of a ZIP file (APPNOTE 6.3.9). Whatever does not fit in the fields of old, a number of files above 65 534 or a place
 * behind 4 GB, stands in those of ZIP64 (4.3.14, 4.5.3).
 */

/** A file in a ZIP, once it is written. Sizes in bytes; `at`: where it begins. */
export interface ZipEntry {
  readonly name: Buffer;
  readonly isDeflated: boolean;
  /** Its sum and sizes follow it, since they were not known before it. */
  readonly isStreamed: boolean;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly at: number;
}

const [MOST_16, MOST_32] = [0xffff, 0xffffffff];
/** Names are UTF-8. */
const UTF8 = 0x800;
const STREAMED = 0x8;
/** The earliest day that a ZIP can hold, 1 January 1980: the same files give the same bytes. */
const DAY = 0x21;
const VERSION = 45;

/** Writes numbers of 16, 32 and 64 bits one after the other. */
function record(fields: readonly (readonly [bits: 16 | 32 | 64, value: number])[]): Buffer {
  const bytes = Buffer.alloc(fields.reduce((sum, [bits]) => sum + bits / 8, 0));
  let at = 0;
  for (const [bits, value] of fields) {
    if (bits === 64) bytes.writeBigUInt64LE(BigInt(value), at);
    else bytes.writeUIntLE(value, at, bits / 8);
    at += bits / 8;
  }
  return bytes;
}

const common = (
  { name, isDeflated, isStreamed }: ZipEntry,
  sums: readonly [number, number, number],
  extra: number,
) =>
  [
    ...([
      [16, VERSION],
      [16, UTF8 | (isStreamed ? STREAMED : 0)],
      [16, isDeflated ? 8 : 0],
    ] as const),
    ...([
      [16, 0],
      [16, DAY],
    ] as const),
    ...sums.map(sum => [32, sum] as const),
    ...([
      [16, name.length],
      [16, extra],
    ] as const),
  ] as const;

/** What stands before a file. */
export const localHeader = (entry: ZipEntry): Buffer => {
  const sums = entry.isStreamed ? ([0, 0, 0] as const) : ([entry.crc, entry.packed, entry.size] as const);
  return Buffer.concat([record([[32, 0x04034b50], ...common(entry, sums, 0)]), entry.name]);
};

/** What stands after a file whose sum and sizes were not known before it. */
export const dataDescriptor = ({ crc, packed, size }: ZipEntry): Buffer =>
  record([
    [32, 0x08074b50],
    [32, crc],
    [32, packed],
    [32, size],
  ]);

/** What the directory at the end says of a file. */
export function directoryEntry(entry: ZipEntry): Buffer {
  const { name, crc, packed, size, at } = entry;
  const extra =
    at < MOST_32
      ? Buffer.alloc(0)
      : record([
          [16, 1],
          [16, 8],
          [64, at],
        ]);
  const head = record([
    ...([
      [32, 0x02014b50],
      [16, VERSION],
    ] as const),
    ...common(entry, [crc, packed, size], extra.length),
    ...([
      [16, 0],
      [16, 0],
      [16, 0],
      [32, 0],
      [32, Math.min(at, MOST_32)],
    ] as const),
  ]);
  return Buffer.concat([head, name, extra]);
}

/** The end of a ZIP: how many files its directory names, how long the directory is and where it begins. */
export function endOfZip({ count, size, at }: { count: number; size: number; at: number }): Buffer {
  const end = record([
    ...([
      [32, 0x06054b50],
      [16, 0],
      [16, 0],
    ] as const),
    ...([
      [16, Math.min(count, MOST_16)],
      [16, Math.min(count, MOST_16)],
    ] as const),
    ...([
      [32, Math.min(size, MOST_32)],
      [32, Math.min(at, MOST_32)],
      [16, 0],
    ] as const),
  ]);
  if (count < MOST_16 && size < MOST_32 && at < MOST_32) return end;
  const large = record([
    ...([
      [32, 0x06064b50],
      [64, 44],
      [16, VERSION],
      [16, VERSION],
      [32, 0],
      [32, 0],
    ] as const),
    ...([
      [64, count],
      [64, count],
      [64, size],
      [64, at],
    ] as const),
  ]);
  return Buffer.concat([
    large,
    record([
      [32, 0x07064b50],
      [32, 0],
      [64, at + size],
      [32, 1],
    ]),
    end,
  ]);
}
