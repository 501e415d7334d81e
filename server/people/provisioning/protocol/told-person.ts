import { ATTRIBUTES, below, named, type Attribute } from './attributes.js';
import { toldEmails, type ToldEmail } from './told-emails.js';
import { wrong } from './scim-fault.js';

/** What a directory has told of a person, attribute by attribute. */
export interface ToldPerson {
  readonly values: Readonly<Partial<Record<Attribute, string | boolean>>>;
  readonly emails: readonly ToldEmail[];
}

export const NOBODY: ToldPerson = { values: {}, emails: [] };

/** Longer than any name or department. */
const LONGEST = 400;

/** A whole resource, as it is created or replaced. Throws `ScimFault`. */
export function readPerson(body: unknown): ToldPerson {
  return told(NOBODY, objectIn(body));
}

/** What was told, with the attributes of an object over it. What the server alone says is passed over (RFC 7644, section 3.5.1). */
export function told(before: ToldPerson, object: Readonly<Record<string, unknown>>): ToldPerson {
  return Object.entries(object).reduce(
    (person, [path, value]) =>
      named(path).kind === 'read-only' ? person : set(person, { path, value, adds: false }),
    before,
  );
}

/** `adds`: to a list, instead of replacing it. A value of null, or an empty text, takes the attribute away. */
export function set(
  person: ToldPerson,
  { path, value, adds }: { path: string; value: unknown; adds: boolean },
): ToldPerson {
  const what = named(path);
  if (what.kind === 'attribute') return withValue(person, what.attribute, valueOf(what.attribute, value));
  if (what.kind === 'inside') return setInside(person, { path: what.path, value, adds });
  if (what.kind === 'emails') {
    const emails = value === null ? [] : toldEmails(value);
    const kept = adds ? person.emails.filter(each => emails.every(other => other.value !== each.value)) : [];
    return { ...person, emails: [...kept, ...emails] };
  }
  if (what.kind === 'read-only') throw wrong('mutability', `Only the server sets "${path}"`);
  // "name.givenName" as a key of an object is a path, too: that is how Entra writes it.
  if (what.kind === 'unkept') return person;
  throw wrong('invalidPath', `There is no attribute "${path.slice(0, 100)}". See /Schemas`);
}

/** Of a manager, Entra tells the id without an object around it. */
function setInside(
  person: ToldPerson,
  { path, value, adds }: { path: string; value: unknown; adds: boolean },
): ToldPerson {
  const isManager = path.endsWith(':manager');
  if (value === null || value === '') return withoutValue(person, path);
  if (isManager && typeof value === 'string') return set(person, { path: `${path}.value`, value, adds });
  return Object.entries(objectIn(value)).reduce(
    (known, [name, inner]) => set(known, { path: below(path, name), value: inner, adds }),
    person,
  );
}

/** Takes an attribute away, or all that are inside it. */
export function withoutValue(person: ToldPerson, path: string): ToldPerson {
  const what = named(path);
  if (what.kind === 'emails') return { ...person, emails: [] };
  if (what.kind === 'attribute') return withValue(person, what.attribute, null);
  if (what.kind === 'inside')
    return ATTRIBUTES.filter(
      each => each.startsWith(below(what.path, '')) || each.startsWith(`${what.path}.`),
    ).reduce((known, each) => withValue(known, each, null), person);
  return set(person, { path, value: null, adds: false });
}

function withValue(person: ToldPerson, attribute: Attribute, value: string | boolean | null): ToldPerson {
  const { [attribute]: _, ...values } = person.values;
  return { ...person, values: value === null ? values : { ...values, [attribute]: value } };
}

/** Numbers are taken for texts. Entra writes truth as the texts "True" and "False". */
function valueOf(attribute: Attribute, value: unknown): string | boolean | null {
  if (value === null || value === undefined) return null;
  if (attribute === 'active') return truthIn(value);
  return storableText(attribute, value) || null;
}

function truthIn(value: unknown): boolean {
  const word = String(value).toLowerCase();
  if (word !== 'true' && word !== 'false') throw wrong('invalidValue', '"active" must be true or false');
  return word === 'true';
}

/** A text that both databases can store. */
export function storableText(path: string, value: unknown): string {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') throw wrong('invalidValue', `"${path}" must be a string`);
  if (text.length > LONGEST) throw wrong('invalidValue', `"${path}" can have at most ${LONGEST} characters`);
  if (/\p{Cc}|\p{Cs}/u.test(text)) throw wrong('invalidValue', `"${path}" contains control characters`);
  return text.trim();
}

export function objectIn(value: unknown): Record<string, unknown> {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw wrong('invalidSyntax', 'Send a JSON object');
  return value as Record<string, unknown>;
}
