/**
 * What a token may do, a closed list: a route for programs names the one that it asks for. `people.read`: look up people and groups
 * (SCIM, GET); `people.write`: add, change and end them (SCIM, everything else).
 */
export const SCOPES = ['people.read', 'people.write'] as const;

export type Scope = (typeof SCOPES)[number];

/** The scopes that a stored or typed list names, separated by spaces or commas; null where it names another, or none. */
export function scopesIn(list: string): Scope[] | null {
  const words = list.split(/[\s,]+/).filter(word => word !== '');
  const known = SCOPES.filter(scope => words.includes(scope));
  return known.length > 0 && words.every(word => known.some(scope => scope === word)) ? known : null;
}
