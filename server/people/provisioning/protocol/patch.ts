import { named } from './attributes.js';
import { wrong } from './scim-fault.js';
import { changedEmails } from './told-emails.js';
import { objectIn, set, told, withoutValue, type ToldPerson } from './told-person.js';

const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:patchop';

/** One operation of a PATCH. `path` null: the value is an object of attributes. */
export interface Operation {
  readonly op: 'add' | 'replace' | 'remove';
  readonly path: string | null;
  readonly value: unknown;
}

/** More than any directory sends at once. */
const MOST = 1_000;

/**
 * The operations of a PATCH (RFC 7644, section 3.5.2), as directories really write them: Entra with capitals, and at times with
 * none at all, which changes nothing. Throws `ScimFault`.
 */
export function operationsIn(body: unknown): Operation[] {
  const message = objectIn(body);
  const schemas = [message.schemas].flat().map(each => String(each).toLowerCase());
  if (!schemas.includes(PATCH_OP)) throw wrong('invalidSyntax', 'A PATCH must name its schema, PatchOp');
  const operations = message.Operations ?? message.operations ?? [];
  if (!Array.isArray(operations)) throw wrong('invalidSyntax', '"Operations" must be a list');
  if (operations.length > MOST) throw wrong('tooMany', `Send at most ${MOST} operations at once`);
  return operations.map(operationIn);
}

function operationIn(each: unknown): Operation {
  const { op, path, value } = objectIn(each);
  const word = ['add', 'replace', 'remove'].find(known => known === String(op).toLowerCase());
  if (!word) throw wrong('invalidSyntax', 'An operation must be add, replace or remove');
  const isWhole = path === undefined || path === null || path === '';
  if (!isWhole && (typeof path !== 'string' || path.length > 500))
    throw wrong('invalidPath', 'A path must be a string');
  if (isWhole && word === 'remove') throw wrong('noTarget', 'A remove operation needs a path');
  return { op: word as Operation['op'], path: isWhole ? null : path, value };
}

/** What is told of a person after these operations. All of them, or none. */
export const patchedPerson = (before: ToldPerson, operations: readonly Operation[]): ToldPerson =>
  operations.reduce(patched, before);

function patched(person: ToldPerson, { op, path, value }: Operation): ToldPerson {
  if (path === null) return toldWhole(person, objectIn(value));
  const inBrackets = /^(.+?)\[(.*)\](?:\.([\w$]+))?$/.exec(path);
  if (inBrackets) return patchedInBrackets(person, inBrackets, op === 'remove' ? undefined : value);
  const isAddress = /^(?:.*:)?emails\.value$/i.test(path);
  if (isAddress && op !== 'remove') return set(person, { path: 'emails', value, adds: false });
  return op === 'remove' ? withoutValue(person, path) : set(person, { path, value, adds: op === 'add' });
}

/** The keys of an object may be paths: Entra writes `emails[type eq "work"].value` there, too. */
const toldWhole = (person: ToldPerson, object: Record<string, unknown>): ToldPerson =>
  Object.entries(object).reduce(
    (known, [path, value]) =>
      path.includes('[') ? patched(known, { op: 'replace', path, value }) : told(known, { [path]: value }),
    person,
  );

function patchedInBrackets(
  person: ToldPerson,
  [, path = '', filter = '', part = '']: RegExpExecArray,
  value: unknown,
): ToldPerson {
  const { kind } = named(path);
  if (kind === 'unkept') return person;
  if (kind !== 'emails') throw wrong('invalidPath', `"${path}" is not a list you can search`);
  return { ...person, emails: changedEmails(person.emails, { filter, part: part.toLowerCase(), value }) };
}
