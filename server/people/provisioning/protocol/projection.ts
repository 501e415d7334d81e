/** Which attributes a client wants to have, or not (RFC 7644, section 3.9), as lists of paths in lower case. */
export interface Wish {
  readonly only: readonly string[];
  readonly without: readonly string[];
}

const pathsIn = (list: unknown): string[] =>
  typeof list === 'string'
    ? list
        .toLowerCase()
        .split(/[\s,]+/)
        .filter(path => path !== '')
    : [];

export const wishIn = (query: { attributes?: unknown; excludedAttributes?: unknown }): Wish => ({
  only: pathsIn(query.attributes),
  without: pathsIn(query.excludedAttributes),
});

/** Whether a client wants to have an attribute at the top of a resource, or something inside it. */
export const isWanted = ({ only, without }: Wish, name: string): boolean => {
  const lower = name.toLowerCase();
  return !without.includes(lower) && (only.length === 0 || only.some(path => within(path, lower)));
};

const within = (path: string, name: string): boolean =>
  path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}:`);

type Json = Record<string, unknown>;

/** What is always there, whatever is asked for. */
const ALWAYS = ['id', 'schemas'];

/** A resource with the attributes that were asked for. */
export function projected(resource: Json, wish: Wish): Json {
  if (wish.only.length + wish.without.length === 0) return resource;
  return Object.fromEntries(
    Object.entries(resource).flatMap(([name, value]) => {
      if (ALWAYS.includes(name)) return [[name, value]];
      if (!isWanted(wish, name)) return [];
      return [[name, inner(value, name.toLowerCase(), wish)]];
    }),
  );
}

/** Parts of an attribute: `name.givenName`, or of a schema with a colon. */
function inner(value: unknown, name: string, { only, without }: Wish): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(each => inner(each, name, { only, without }));
  const isNamed = (list: readonly string[], part: string) =>
    list.includes(`${name}.${part}`) || list.includes(`${name}:${part}`);
  const isWhole = only.length === 0 || only.includes(name);
  return Object.fromEntries(
    Object.entries(value).filter(([part]) => {
      const lower = part.toLowerCase();
      return !isNamed(without, lower) && (isWhole || isNamed(only, lower));
    }),
  );
}
