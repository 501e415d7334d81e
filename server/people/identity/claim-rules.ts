import { emailField, nameField } from '../accounts/account-fields.js';
import type { Row } from '../../platform/db/table.js';
import type { IdentityRule } from './tables.js';

/** What a provider says of somebody: names of claims, and their values. */
export type Claims = Readonly<Record<string, unknown>>;

/** Who a provider says has come. */
export type Arriving = Claims & { readonly sub: string; readonly iss: string };

type Rule = Pick<Row<typeof IdentityRule>, 'claim' | 'value' | 'unitId' | 'job' | 'role'>;

/** A role that claims give: in a unit, or (null) in the whole organisation. */
export interface ClaimRole {
  readonly role: NonNullable<Rule['role']>;
  readonly unitId: string | null;
}

/** What claims mean: where somebody works, as what, and which roles they have. Null: they say nothing of it. */
export interface Meaning {
  readonly unitId: string | null;
  readonly job: string | null;
  readonly roles: readonly ClaimRole[];
}

/** Of several rules that fit, the first one that names a unit or a job decides on it; every role counts, once. */
export function meaningOf(claims: Claims, rules: readonly Rule[]): Meaning {
  const fitting = rules.filter(({ claim, value }) => valuesOfClaim(claims, claim).includes(value));
  const roles = fitting.flatMap(({ role, unitId }): ClaimRole[] =>
    role === null ? [] : [{ role, unitId: role === 'administrator' ? null : unitId }],
  );
  return {
    unitId: fitting.find(({ unitId }) => unitId !== null)?.unitId ?? null,
    job: fitting.find(({ job }) => job !== null)?.job ?? null,
    roles: [...new Map(roles.map(each => [`${each.role} ${each.unitId}`, each])).values()],
  };
}

/** The values of a claim as texts: of a list, each of its parts. */
export const valuesOfClaim = (claims: Claims, claim: string): string[] =>
  Object.hasOwn(claims, claim) ? [claims[claim]].flat().flatMap(textOf) : [];

const textOf = (value: unknown): string[] =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [String(value)] : [];

/** The address that a provider vouches for, as we store it; null where it vouches for none. */
export function vouchedAddress(claims: Claims): string | null {
  // Some providers send the flag as a text.
  if (claims.email_verified !== true && claims.email_verified !== 'true') return null;
  const parsed = emailField.safeParse(claims.email);
  return parsed.success ? parsed.data : null;
}

const name = nameField('errors.name');

/** What certificates would call somebody; where a provider sends no name that can be printed, it is the address. */
export function nameIn(claims: Claims, address: string): string {
  const parts = [claims.given_name, claims.family_name].filter(part => typeof part === 'string').join(' ');
  const found = [claims.name, parts].map(text => name.safeParse(text)).find(({ success }) => success);
  return found?.data ?? address.slice(0, address.lastIndexOf('@'));
}
