import { CORE_USER, ENTERPRISE, OURS, type Attribute } from './attributes.js';
import { wrong } from './scim-fault.js';
import { chosenEmail } from './told-emails.js';
import type { ToldPerson } from './told-person.js';

/** What the server says of a resource. `version`: an entity tag. */
export interface Meta {
  readonly id: string;
  readonly createdAt: number;
  readonly changedAt: number;
  readonly location: string;
}

/** Somebody as a User of SCIM (RFC 7643, section 4.1). */
export function personResource({ values, emails }: ToldPerson, meta: Meta) {
  const nested: Record<string, Record<string, unknown>> & Record<string, unknown> = {};
  for (const [path, value] of Object.entries(values)) put(nested, partsOf(path), value);
  const schemas = [CORE_USER, ...[ENTERPRISE, OURS].filter(schema => schema in nested)];
  return {
    schemas,
    id: meta.id,
    ...nested,
    ...(emails.length > 0 && { emails }),
    meta: metaOf('User', meta),
  };
}

export const metaOf = (resourceType: 'User' | 'Group', { createdAt, changedAt, location }: Meta) => ({
  resourceType,
  created: new Date(Number(createdAt)).toISOString(),
  lastModified: new Date(Number(changedAt)).toISOString(),
  location,
});

function partsOf(path: string): string[] {
  const schema = [ENTERPRISE, OURS].find(each => path.startsWith(`${each}:`));
  return schema ? [schema, ...path.slice(schema.length + 1).split('.')] : path.split('.');
}

function put(into: Record<string, unknown>, [first = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) into[first] = value;
  else put((into[first] ??= {}) as Record<string, unknown>, rest, value);
}

/** What is meant by what a directory told. */
export interface MeantPerson {
  readonly userName: string;
  readonly externalId: string | null;
  readonly name: string;
  readonly email: string | null;
  readonly staffNumber: string | null;
  /** Null: nothing is said of it. */
  readonly isActive: boolean | null;
  readonly hiredOn: string | null;
  readonly title: string | null;
}

/** Reads what was told. Throws `ScimFault` where something that has to be there is missing, or is no day. */
export function meant({ values, emails }: ToldPerson): MeantPerson {
  const text = (attribute: Attribute): string | null => (values[attribute] as string | undefined) ?? null;
  const userName = text('userName');
  if (userName === null) throw wrong('invalidValue', '"userName" is missing');
  const staffNumber = text(`${ENTERPRISE}:employeeNumber`);
  if (staffNumber !== null && staffNumber.length > 60)
    throw wrong('invalidValue', 'A staff number can have at most 60 characters');
  return {
    userName,
    externalId: text('externalId'),
    name: nameIn(text) ?? userName,
    email: chosenEmail(emails),
    staffNumber,
    isActive: (values.active as boolean | undefined) ?? null,
    hiredOn: dayIn(text(`${OURS}:hireDate`)),
    title: text('title'),
  };
}

/** Given and family name where both are there: what is shown elsewhere may hold a department, or stand the other way round. */
function nameIn(text: (attribute: Attribute) => string | null): string | null {
  const [given, family] = [text('name.givenName'), text('name.familyName')];
  if (given && family) return `${given} ${family}`.slice(0, 400);
  return text('name.formatted') ?? text('displayName') ?? given ?? family;
}

/** Directories that know only moments write one; its day counts. */
function dayIn(text: string | null): string | null {
  if (text === null) return null;
  const day = /^(\d{4}-\d{2}-\d{2})(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?)?$/.exec(text)?.[1] ?? '';
  const isDay = day !== '' && new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day);
  if (!isDay) throw wrong('invalidValue', 'Write a start date like "2026-11-29"');
  return day;
}
