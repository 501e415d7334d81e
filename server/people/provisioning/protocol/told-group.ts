import { CORE_GROUP } from './attributes.js';
import { parseFilter } from './parse-filter.js';
import type { Operation } from './patch.js';
import { wrong } from './scim-fault.js';
import { objectIn, storableText } from './told-person.js';

/** What is to become of a group. `only`: exactly these are in it, before others are added or taken out; null: those who are. */
export interface GroupChange {
  readonly displayName: string | null;
  readonly externalId: string | null | undefined;
  readonly only: ReadonlySet<string> | null;
  readonly added: ReadonlySet<string>;
  readonly removed: ReadonlySet<string>;
}

const NOTHING: GroupChange = {
  ...{ displayName: null, externalId: undefined, only: null },
  ...{ added: new Set(), removed: new Set() },
};

/** More people than a directory names in one request. */
const MOST = 20_000;

/** A whole group, as it is created or replaced. Throws `ScimFault`. */
export function readGroup(body: unknown): GroupChange {
  const change = whole(NOTHING, objectIn(body), 'replace');
  if (change.displayName === null) throw wrong('invalidValue', '"displayName" is missing');
  return { ...change, externalId: change.externalId ?? null, only: change.only ?? new Set() };
}

/** What the operations of a PATCH do to a group, in their order. */
export const groupChange = (operations: readonly Operation[]): GroupChange =>
  operations.reduce(
    (change, { op, path, value }) =>
      path === null ? whole(change, objectIn(value), op) : changed(change, { op, path, value }),
    NOTHING,
  );

const whole = (change: GroupChange, object: Record<string, unknown>, op: Operation['op']): GroupChange =>
  Object.entries(object).reduce(
    (known, [path, value]) =>
      ['id', 'meta', 'schemas'].includes(path.toLowerCase()) ? known : changed(known, { op, path, value }),
    change,
  );

function changed(
  change: GroupChange,
  { op, path, value }: { op: Operation['op']; path: string; value: unknown },
): GroupChange {
  const isRemoved = op === 'remove';
  const name = path.toLowerCase().replace(`${CORE_GROUP.toLowerCase()}:`, '');
  if (name === 'displayname') return { ...change, displayName: nameIn(isRemoved ? '' : value) };
  if (name === 'externalid')
    return { ...change, externalId: (isRemoved ? '' : storableText('externalId', value ?? '')) || null };
  if (name === 'members') return withMembers(change, op, value);
  const one = /^members\[(.*)\]$/i.exec(path);
  if (one && isRemoved) return takenOut(change, [memberIn(one[1] ?? '')]);
  throw wrong('invalidPath', `There is no attribute "${path.slice(0, 100)}". See /Schemas`);
}

function nameIn(value: unknown): string {
  const name = storableText('displayName', value);
  if (name === '') throw wrong('invalidValue', 'A group must have a displayName');
  return name;
}

/** To remove "members" takes everybody out, and with a value those whom it names: so Entra writes it. */
function withMembers(change: GroupChange, op: Operation['op'], value: unknown): GroupChange {
  const ids = idsIn(value);
  if (op === 'add') {
    const removed = new Set([...change.removed].filter(id => !ids.includes(id)));
    return { ...change, added: new Set([...change.added, ...ids]), removed };
  }
  if (op === 'remove' && value !== undefined && value !== null) return takenOut(change, ids);
  return { ...change, only: new Set(op === 'remove' ? [] : ids), added: new Set(), removed: new Set() };
}

const takenOut = (change: GroupChange, ids: readonly string[]): GroupChange => ({
  ...change,
  added: new Set([...change.added].filter(id => !ids.includes(id))),
  removed: new Set([...change.removed, ...ids]),
});

function idsIn(value: unknown): string[] {
  const all = [value ?? []].flat();
  if (all.length > MOST) throw wrong('tooMany', `Name at most ${MOST} people in one request`);
  return all.map(each => {
    const id: unknown = typeof each === 'string' ? each : objectIn(each).value;
    if (typeof id !== 'string') throw wrong('invalidValue', 'Identify a member by the id of a user');
    return id;
  });
}

function memberIn(filter: string): string {
  const wanted = parseFilter(filter);
  if (wanted.kind === 'compare' && wanted.path === 'value' && wanted.operator === 'eq')
    return String(wanted.value);
  throw wrong('invalidPath', 'Select a member by its value');
}
