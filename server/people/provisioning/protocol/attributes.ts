export const CORE_USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const CORE_GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
/** Ours: the day of hire, which RFC 7643 has no attribute for. Directories ask for a name of this form. */
export const OURS = 'urn:ietf:params:scim:schemas:extension:safepassage:2.0:User';

const enterprise = (name: string) => `${ENTERPRISE}:${name}` as const;

/** An attribute of people that is kept, by its whole path. E-mail addresses, of which there may be several, stand apart. */
export const ATTRIBUTES = [
  'userName',
  'externalId',
  'displayName',
  'title',
  'active',
  'name.formatted',
  'name.familyName',
  'name.givenName',
  'name.middleName',
  'name.honorificPrefix',
  'name.honorificSuffix',
  enterprise('employeeNumber'),
  enterprise('costCenter'),
  enterprise('organization'),
  enterprise('division'),
  enterprise('department'),
  enterprise('manager.value'),
  `${OURS}:hireDate`,
] as const;
export type Attribute = (typeof ATTRIBUTES)[number];

/** Attributes of RFC 7643 that mean nothing here: taken from a directory that sends them, and not kept. */
const UNKEPT = [
  ...['nickname', 'profileurl', 'usertype', 'preferredlanguage', 'locale', 'timezone', 'password', 'roles'],
  ...['phonenumbers', 'ims', 'photos', 'addresses', 'entitlements', 'x509certificates'],
  ...[`${ENTERPRISE}:manager.displayname`, `${ENTERPRISE}:manager.$ref`],
].map(name => name.toLowerCase());

/** What the server says of a resource; nobody sets it. */
const READ_ONLY = ['id', 'meta', 'schemas', 'groups'];

/** What a path of a request names. `inside`: it has attributes below it, and is the beginning of their paths. */
export type Named =
  | { readonly kind: 'attribute'; readonly attribute: Attribute }
  | { readonly kind: 'inside'; readonly path: string }
  | { readonly kind: 'emails' | 'unkept' | 'read-only' | 'unknown' };

const byLowerPath = new Map<string, Attribute>(ATTRIBUTES.map(path => [path.toLowerCase(), path]));
const INSIDES = ['name', ENTERPRISE, OURS, enterprise('manager')];

/** What a path names, in any case and with or without the schema of users before it. */
export function named(path: string): Named {
  const lower = path.toLowerCase().replace(`${CORE_USER.toLowerCase()}:`, '');
  const attribute = byLowerPath.get(lower);
  if (attribute) return { kind: 'attribute', attribute };
  const inside = INSIDES.find(each => each.toLowerCase() === lower);
  if (inside) return { kind: 'inside', path: inside };
  if (lower === 'emails') return { kind: 'emails' };
  if (READ_ONLY.includes(lower)) return { kind: 'read-only' };
  const isUnkept = UNKEPT.some(
    each => lower === each || (/^[.[]/.test(lower.slice(each.length)) && lower.startsWith(each)),
  );
  return { kind: isUnkept ? 'unkept' : 'unknown' };
}

/** The path of an attribute inside another: `name` and `givenName`; of a schema, with a colon. */
export const below = (path: string, name: string): string =>
  path.startsWith('urn:') && !path.endsWith('manager') ? `${path}:${name}` : `${path}.${name}`;
