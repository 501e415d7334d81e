import { MOST_LISTED } from './discovery.js';
import { parseFilter, type Filter } from './parse-filter.js';
import { wrong } from './scim-fault.js';

/** What a request asks of a list. */
export interface AskedList {
  readonly filter: Filter | null;
  readonly offset: number;
  readonly limit: number;
}

/**
 * Reads the query of a list. Numbers below what is possible count as the least (RFC 7644, section 3.4.2.4); `count=0` asks only how
 * many there are. Throws `ScimFault`.
 */
export function askedList(query: Readonly<Record<string, unknown>>): AskedList {
  const { filter, startIndex, count } = query;
  if (filter !== undefined && typeof filter !== 'string') throw wrong('invalidFilter', 'Send one filter');
  return {
    filter: filter === undefined ? null : parseFilter(filter),
    offset: Math.max(numberIn('startIndex', startIndex, 1), 1) - 1,
    limit: Math.min(Math.max(numberIn('count', count, 100), 0), MOST_LISTED),
  };
}

function numberIn(name: string, value: unknown, otherwise: number): number {
  if (value === undefined) return otherwise;
  if (typeof value !== 'string' || !/^-?\d{1,9}$/.test(value))
    throw wrong('invalidValue', `"${name}" must be a whole number`);
  return Number(value);
}
