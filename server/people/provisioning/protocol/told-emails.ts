import { parseFilter, type Filter } from './parse-filter.js';
import { wrong } from './scim-fault.js';

/** An address as a directory tells it. */
export interface ToldEmail {
  readonly value: string;
  readonly type?: string;
  readonly primary?: boolean;
}

/** More addresses than anybody has. */
const MOST = 20;

/** A list of addresses, or one; an address may stand without an object around it. Empty ones are passed over. */
export function toldEmails(value: unknown): ToldEmail[] {
  const all = [value].flat();
  if (all.length > MOST) throw wrong('tooMany', `A person can have at most ${MOST} addresses`);
  return all.map(emailIn).filter(({ value: address }) => address !== '');
}

function emailIn(told: unknown): ToldEmail {
  const { value, type, primary } = (typeof told === 'string' ? { value: told } : (told ?? {})) as Record<
    string,
    unknown
  >;
  return {
    value: addressIn(value ?? ''),
    ...(typeof type === 'string' && { type: type.slice(0, 40) }),
    ...(primary !== undefined && { primary: primary === true || /^true$/i.test(textOf(primary)) }),
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function addressIn(value: unknown): string {
  const address = typeof value === 'string' ? value.trim() : null;
  if (address === null || address.length > 254 || /[\p{Cc}\p{Cs}\s]/u.test(address))
    throw wrong(
      'invalidValue',
      'An e-mail address cannot contain spaces, and can have at most 254 characters',
    );
  return address;
}

/** What an operation does to the addresses that a filter finds, as in `emails[type eq "work"].value`. */
export interface EmailChange {
  readonly filter: string;
  /** The attribute of the address; '' is the address whole. */
  readonly part: string;
  /** Undefined: it is taken away. */
  readonly value: unknown;
}

/** The addresses after a change. Where none is found, Entra means that one is added. */
export function changedEmails(
  emails: readonly ToldEmail[],
  { filter, part, value }: EmailChange,
): ToldEmail[] {
  const wanted = equalsIn(parseFilter(filter));
  const isMeant = (email: ToldEmail) =>
    wanted.every(([name, is]) => String(email[name] ?? '').toLowerCase() === is.toLowerCase());
  const isWhole = part === '' || part === 'value';
  if (value === undefined || value === null || value === '')
    return isWhole ? emails.filter(each => !isMeant(each)) : [...emails];
  const changes = part === '' ? value : { [part]: value };
  if (emails.some(isMeant))
    return emails.map(each => (isMeant(each) ? emailIn({ ...each, ...changes }) : each));
  const added = emailIn({ ...Object.fromEntries(wanted), ...changes });
  return added.value === '' ? [...emails] : [...emails, added];
}

/** What a filter of addresses demands: only equalities, joined by "and". */
function equalsIn(filter: Filter): [keyof ToldEmail, string][] {
  if (filter.kind === 'and') return [...equalsIn(filter.left), ...equalsIn(filter.right)];
  if (filter.kind === 'compare' && filter.operator === 'eq')
    for (const part of ['type', 'value', 'primary'] as const)
      if (filter.path === part) return [[part, String(filter.value)]];
  throw wrong('invalidPath', 'Select an address by its type or its value, or as the primary address');
}

/** The address by which somebody is written to: the primary one, else the one for work, else the first. In lower case. */
export function chosenEmail(emails: readonly ToldEmail[]): string | null {
  const chosen =
    emails.find(({ primary }) => primary) ??
    emails.find(({ type }) => type?.toLowerCase() === 'work') ??
    emails[0];
  return chosen ? chosen.value.toLowerCase() : null;
}
