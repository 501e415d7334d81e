import { createHash } from 'node:crypto';

/**
 * Merkle trees as RFC 9162, section 2.1, builds them, with SHA-256: one hash, the root, vouches for a list, and a path of
 * hashes shows that an entry is in it while revealing nothing of the others. Hashes are hexadecimal.
 */

const hashOf = (...parts: readonly Buffer[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

/** The hash of an entry. Entries and inner nodes begin with different bytes, so that neither passes for the other. */
export const leafHash = (entry: string): string => hashOf(Buffer.from([0]), Buffer.from(entry, 'utf8'));

const nodeHash = (left: string, right: string): string =>
  hashOf(Buffer.from([1]), Buffer.from(left, 'hex'), Buffer.from(right, 'hex'));

/** How many entries stand on the left of a tree of `size` > 1: the largest power of two below it. */
const leftOf = (size: number): number => 2 ** Math.ceil(Math.log2(size) - 1);

/** The root over the hashes of entries. */
export function merkleRoot(leaves: readonly string[]): string {
  const [only] = leaves;
  if (only === undefined) return hashOf();
  if (leaves.length === 1) return only;
  const left = leftOf(leaves.length);
  return nodeHash(merkleRoot(leaves.slice(0, left)), merkleRoot(leaves.slice(left)));
}

/** The path of the entry at `index`: the hashes beside its way to the root, from the entry on. */
export function merklePath(leaves: readonly string[], index: number): string[] {
  if (leaves.length <= 1) return [];
  const left = leftOf(leaves.length);
  const [near, far] = [leaves.slice(0, left), leaves.slice(left)];
  return index < left
    ? [...merklePath(near, index), merkleRoot(far)]
    : [...merklePath(far, index - left), merkleRoot(near)];
}

/** The root of a tree of `size` entries, from one entry and its path. Null where the path has not the right length. */
export function rootFromPath(
  leaf: string,
  { index, size, path }: { index: number; size: number; path: readonly string[] },
): string | null {
  if (size <= 1) return path.length === 0 && index === 0 ? leaf : null;
  const beside = path.at(-1);
  if (beside === undefined) return null;
  const left = leftOf(size);
  const isLeft = index < left;
  const below = isLeft ? { index, size: left } : { index: index - left, size: size - left };
  const hash = rootFromPath(leaf, { ...below, path: path.slice(0, -1) });
  if (hash === null) return null;
  return isLeft ? nodeHash(hash, beside) : nodeHash(beside, hash);
}
