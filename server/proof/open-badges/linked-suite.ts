import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import util from 'jsonld/lib/util.js';

const copyDeep = util.clone;

/**
 * For one certificate jsonld copies all terms of our contexts more than fifty times, with the contexts that are inside them
 * (jsonld.js, issue 414): half of the work of a check. It never changes a term that is defined, so the copies may share
 * their terms. Whatever else it copies stays apart.
 */
util.clone = value => (value instanceof Map ? new Map<unknown, unknown>(value) : copyDeep(value));

/** The suite for linked data. It is taken from here alone, so that copies share their terms wherever it works. */
export const linkedSuite = cryptosuite;
