import { readFileSync, writeFileSync } from 'node:fs';
import { filterBits } from '../../../../server/people/accounts/passwords/common-passwords.js';

/**
 * Makes the filter of known passwords from a list of them, a line each:
 * `node --import tsx test/people/accounts/passwords/make-filter.ts LIST FILTER`. The list is named where the filter is read.
 */
const [list = '', target = ''] = process.argv.slice(2);
const known = new Set(
  readFileSync(list, 'utf8')
    .split(/\r?\n/)
    .map(line => line.normalize('NFKC').toLowerCase())
    .filter(text => text.length >= 8),
);
const bits = Buffer.alloc(2 ** 20);
for (const text of known)
  for (const place of filterBits(text))
    bits.writeUInt8(bits.readUInt8(place >> 3) | (1 << (place & 7)), place >> 3);
writeFileSync(target, bits);
process.stdout.write(`${known.size} passwords\n`);
