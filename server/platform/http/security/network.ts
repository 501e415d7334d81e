import { z } from 'zod';

const ipv4 = z.ipv4();
const ipv6 = z.ipv6();

/**
 * The network of a client, as rate limits distinguish them. An IPv4 address stands for itself, also where it is written as
 * IPv6 (`::ffff:192.0.2.1`, RFC 4291, section 2.5.5.2). Of IPv6 only the first 64 bits count: a household or a rented server
 * holds all addresses behind them. Anything that is not an address is returned unchanged.
 */
export function networkOf(address: string | undefined): string {
  const [bare = ''] = (address ?? '').split('%');
  if (ipv4.safeParse(bare).success || !ipv6.safeParse(bare).success) return bare;
  const groups = groupsOf(bare);
  const isMapped = groups.slice(0, 5).every(group => group === 0) && groups[5] === 0xffff;
  if (isMapped) return dotted(groups.slice(6));
  return `${groups
    .slice(0, 4)
    .map(group => group.toString(16))
    .join(':')}::/64`;
}

/** The eight numbers of an IPv6 address; `::` stands for as many zeros as are missing. */
function groupsOf(address: string): number[] {
  const [head = '', tail] = address.replace(/[\d.]+\.[\d.]+$/, inHex).split('::');
  const before = numbers(head);
  const after = numbers(tail ?? '');
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => 0);
  return [...before, ...zeros, ...after];
}

const numbers = (part: string): number[] =>
  part === '' ? [] : part.split(':').map(group => Number.parseInt(group, 16));

/** The four decimal bytes at the end as two groups: `192.0.2.1` is `c000:201`. */
function inHex(bytes: string): string {
  const [a = 0, b = 0, c = 0, d = 0] = bytes.split('.').map(Number);
  return [a * 256 + b, c * 256 + d].map(group => group.toString(16)).join(':');
}

const dotted = (groups: readonly number[]): string =>
  groups.flatMap(group => [group >> 8, group & 0xff]).join('.');
