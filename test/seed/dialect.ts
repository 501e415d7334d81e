import { database } from '../../server/platform/db/connect.js';

/** Parts of statements that the two databases write in their own ways. */

const isPostgres = () => database().dialect === 'postgres';

/** A whole number as so many hexadecimal digits. */
const hex = (value: string, digits: number): string =>
  isPostgres() ? `lpad(to_hex(${value}), ${digits}, '0')` : `printf('%0${digits}x', ${value})`;

/** A whole number as so many decimal digits. */
export const digits = (value: string, count: number): string =>
  isPostgres() ? `lpad(cast(${value} as varchar), ${count}, '0')` : `printf('%0${count}d', ${value})`;

/** What an id is of. Each kind has ids of its own. */
const KINDS = {
  membership: 1,
  user: 2,
  unit: 3,
  placement: 4,
  employment: 5,
  hired: 6,
  enrolment: 7,
  cycle: 8,
  'unit-fact': 9,
  credit: 'a',
  assignment: 'b',
  interval: 'c',
} as const;

/**
 * The id of the thing with this number, the same on both databases. It begins with what looks like chance (the product with
 * an odd number, modulo 2^32, meets each value once), so that indexes grow as they do with real ids.
 */
export const idOf = (kind: keyof typeof KINDS, number: string): string =>
  `${hex(`(cast(${number} as bigint) * 2654435761) % 4294967296`, 8)} || '-5eed-4000-800${KINDS[kind]}-' || ${hex(number, 12)}`;

/** A number below `below`, which looks like chance: the same for the same row and `salt`. */
export const chance = (number: string, salt: number, below: number): string =>
  `((cast(${number} as bigint) * ${7919 + 2 * salt} + ${salt} * 104729) / 13 % ${below})`;

/** A day, so many days after another (as SQL). */
export const dayAfter = (day: string, days: string): string =>
  isPostgres()
    ? `to_char(date '${day}' + cast(${days} as integer), 'YYYY-MM-DD')`
    : `date('${day}', '+' || (${days}) || ' days')`;

/**
 * Between two lists of which no row is in both. SQLite puts them into the order of the table by it, and fills that sooner; PostgreSQL would
 * only look for rows that are there twice.
 */
export const andAll = (): string => (isPostgres() ? 'union all' : 'union');

/**
 * The numbers from 1 to `count`, as the table `n (i)` of a statement. PostgreSQL takes what is counted up for a few rows, and walks
 * through names and units for each of a million; of a series it knows how long it is.
 */
export const numbers = (count: number): string =>
  isPostgres()
    ? `with n (i) as (select i from generate_series(1, ${count}) as s (i))`
    : `with recursive n (i) as (select 1 union all select i + 1 from n where i < ${count})`;
