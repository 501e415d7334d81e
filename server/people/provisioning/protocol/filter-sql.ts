import type { Param } from '../../../platform/db/lanes.js';
import { sql, type Sql } from '../../../platform/db/sql.js';
import type { Comparison, Filter } from './parse-filter.js';
import { wrong } from './scim-fault.js';

/** How an attribute is asked for. `fold`: what is compared with the column. */
export type FoundBy =
  | {
      readonly as: 'text';
      readonly column: Sql;
      readonly fold: (value: string) => string;
      /** The condition that says so of the resource, where the column is another table's. */
      readonly of?: (condition: Sql) => Sql;
    }
  | { readonly as: 'moment'; readonly column: Sql }
  | { readonly as: 'truth'; readonly condition: Sql }
  | { readonly as: 'always'; readonly value: string | boolean }
  | { readonly as: 'related'; readonly condition: (parameter: number) => Sql };

/** The attributes by which resources are found, by their paths in lower case. */
export type Findable = ReadonlyMap<string, FoundBy>;

/** A condition, and the parameters that it adds. */
export interface FilterCondition {
  readonly condition: Sql;
  readonly params: readonly Param[];
}

const TRUE: FilterCondition = { condition: sql`1 = 1`, params: [] };
const FALSE: FilterCondition = { condition: sql`1 = 0`, params: [] };

/** A filter as a condition of a statement, whose first free parameter is `first`. Throws `invalidFilter` for what nobody is found by. */
export function filterCondition(filter: Filter, findable: Findable, first: number): FilterCondition {
  if (filter.kind === 'not') {
    const { condition, params } = filterCondition(filter.of, findable, first);
    return { condition: sql`not coalesce((${condition}), false)`, params };
  }
  if (filter.kind === 'compare') return compared(filter, askedFor(filter.path, findable), first);
  if (filter.kind === 'present') return present(askedFor(filter.path, findable));
  const left = filterCondition(filter.left, findable, first);
  const right = filterCondition(filter.right, findable, first + left.params.length);
  const params = [...left.params, ...right.params];
  return filter.kind === 'and'
    ? { condition: sql`(${left.condition} and ${right.condition})`, params }
    : { condition: sql`(${left.condition} or ${right.condition})`, params };
}

function askedFor(path: string, findable: Findable): FoundBy {
  const asked = findable.get(path.replace(/^urn:ietf:params:scim:schemas:core:2\.0:(?:user|group):/, ''));
  if (!asked) throw wrong('invalidFilter', `You cannot filter by "${path}"`);
  return asked;
}

function present(asked: FoundBy): FilterCondition {
  if (asked.as !== 'text') return TRUE;
  const { of = itself } = asked;
  return { condition: of(sql`${asked.column} is not null`), params: [] };
}

function compared({ path, operator, value }: Comparison, asked: FoundBy, first: number): FilterCondition {
  const isEqual = operator === 'eq';
  if (asked.as === 'truth' || asked.as === 'always') {
    if (!isEqual && operator !== 'ne') throw unfit(path, operator);
    if (asked.as === 'always') return (lower(value) === lower(asked.value)) === isEqual ? TRUE : FALSE;
    const wanted = lower(value) === 'true';
    return wanted === isEqual
      ? { condition: asked.condition, params: [] }
      : { condition: sql`not (${asked.condition})`, params: [] };
  }
  if (asked.as === 'related') {
    if (!isEqual) throw unfit(path, operator);
    return { condition: asked.condition(first), params: [String(value)] };
  }
  if (asked.as === 'moment') return orders(path, asked.column, { operator, at: momentIn(value), first });
  if (typeof value !== 'string') return operator === 'ne' ? TRUE : FALSE;
  const { of = itself } = asked;
  const { condition, params } = textual(asked, operator, asked.fold(value), first);
  return { condition: of(condition), params };
}

const itself = (condition: Sql): Sql => condition;
const lower = (value: unknown): string => String(value).toLowerCase();
const unfit = (path: string, operator: string) =>
  wrong('invalidFilter', `You cannot compare "${path}" with "${operator}"`);

function momentIn(value: unknown): number {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) throw wrong('invalidFilter', 'Write a time like "2026-11-29T12:00:00Z"');
  return at;
}

const SIGNS = { eq: sql`=`, ne: sql`<>`, gt: sql`>`, ge: sql`>=`, lt: sql`<`, le: sql`<=` };

function orders(
  path: string,
  column: Sql,
  { operator, at, first }: { operator: Comparison['operator']; at: Param; first: number },
): FilterCondition {
  const sign = Object.entries(SIGNS).find(([word]) => word === operator)?.[1];
  if (!sign) throw unfit(path, operator);
  return { condition: sql`${column} ${sign} $${first}`, params: [at] };
}

function textual(
  { column }: { readonly column: Sql },
  operator: Comparison['operator'],
  text: string,
  first: number,
): FilterCondition {
  if (operator === 'ne')
    return { condition: sql`(${column} is null or ${column} <> $${first})`, params: [text] };
  if (operator === 'sw')
    return {
      condition: sql`(${column} >= $${first} and ${column} < $${first + 1})`,
      params: [text, `${text}\u{10ffff}`],
    };
  if (operator === 'co' || operator === 'ew') {
    const part = text.replace(/[\\%_]/g, sign => `\\${sign}`);
    const params = [operator === 'co' ? `%${part}%` : `%${part}`];
    return { condition: sql`${column} like $${first} escape '\\'`, params };
  }
  return orders('text', column, { operator, at: text, first });
}
