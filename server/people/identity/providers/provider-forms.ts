import { domainToASCII } from 'node:url';
import { z } from 'zod';
import { parseForm, typed, wholeText, type ParsedForm } from '../../../platform/http/forms.js';
import { spoken } from '../../../platform/i18n/spoken.js';
import { ROLES } from '../../organisations/grants/role-forms.js';
import type { NewRule } from './provider-rules.js';
import type { ProviderSettings } from './providers.js';

/** A line of text without control characters, and none that turn the direction of what follows. */
const line = (most: number, key: string) =>
  z
    .string(key)
    .trim()
    .min(1, key)
    .max(most, key)
    .regex(/^[^\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]*$/u, key);

/** The address of a provider; that of its description is taken for it. */
const issuer = (isTest: boolean) =>
  z
    .string('errors.issuer')
    .trim()
    .max(500, 'errors.issuer')
    .transform(text => text.replace(/\/\.well-known\/openid-configuration$/, ''))
    .refine(text => URL.canParse(text) && isFit(new URL(text), isTest), 'errors.issuer');

const isFit = ({ protocol, username, search, hash }: URL, isTest: boolean): boolean =>
  (protocol === 'https:' || (isTest && protocol === 'http:')) && username + search + hash === '';

/** What somebody typed of a provider; its description is still to be read. `hasSecret`: one is kept, and may be left out. */
export function readOpenIdForm(
  body: unknown,
  { units, hasSecret, isTest }: { units: readonly string[]; hasSecret: boolean; isTest: boolean },
): ParsedForm<Omit<ProviderSettings, 'metadata' | 'protocol'>> {
  const secret = line(1000, 'errors.provider-secret');
  const schema = z.object({
    name: line(120, 'errors.provider-name'),
    issuer: issuer(isTest),
    clientId: line(300, 'errors.provider-client'),
    secret: hasSecret ? z.union([z.literal('').transform(() => null), secret]) : secret,
    ...whoComes(units),
  });
  const form = parseForm(schema, body, spoken);
  if (!form.ok) return form;
  const { unit, letsJoin, ...rest } = form.value;
  return { ok: true, value: { ...rest, unitId: unit || null, letsJoin: letsJoin === 'yes' } };
}

const whoComes = (units: readonly string[]) => ({
  unit: z.string('errors.unit').refine(text => text === '' || units.includes(text), 'errors.unit'),
  letsJoin: z.literal('yes').optional(),
});

/** What somebody typed of a SAML provider, with its metadata as they pasted it; '': they did not. */
export function readSamlForm(
  body: unknown,
  units: readonly string[],
): ParsedForm<Pick<ProviderSettings, 'name' | 'unitId' | 'letsJoin'> & { readonly pasted: string }> {
  const schema = z.object({
    name: line(120, 'errors.provider-name'),
    metadata: z.string().optional(),
    ...whoComes(units),
  });
  const form = parseForm(schema, body, spoken);
  if (!form.ok) return form;
  const { unit, letsJoin, name, metadata = '' } = form.value;
  const value = { name, unitId: unit || null, letsJoin: letsJoin === 'yes', pasted: metadata.trim() };
  return { ok: true, value };
}

const FIELDS = ['name', 'issuer', 'clientId', 'metadata', 'unit', 'letsJoin'] as const;

/** What was typed of a provider, to show it again. The secret never is. */
export const typedProvider = (body: unknown): ProviderTexts =>
  ({
    ...Object.fromEntries(FIELDS.map(field => [field, typed(body, field)])),
    metadata: wholeText(body, 'metadata'),
  }) as ProviderTexts;

export type ProviderTexts = Record<(typeof FIELDS)[number], string>;

/** A domain as people type it, in its ASCII form: two labels or more. */
const domain = z
  .string('errors.domain')
  .transform(text => domainToASCII(text.trim().replace(/^@/, '').toLowerCase()))
  .pipe(
    z
      .string()
      .max(253, 'errors.domain')
      .regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/, 'errors.domain'),
  );

export const domainForm = z.object({ domain });

/** Reads what a claim means. `units`: the ids of those that are open. */
export function readClaimRule(body: unknown, units: readonly string[]): ParsedForm<NewRule> {
  const schema = z
    .object({
      claim: line(120, 'errors.claim'),
      value: line(200, 'errors.claim-value'),
      unit: z.string('errors.unit').refine(text => text === '' || units.includes(text), 'errors.unit'),
      job: z.union([z.literal(''), line(60, 'errors.post-long')]),
      role: z.union([z.literal(''), z.enum(ROLES)], 'errors.roleChoice'),
    })
    .refine(({ unit, job, role }) => unit + job + role !== '', {
      path: ['unit'],
      message: 'errors.rule-empty',
    });
  const form = parseForm(schema, body, spoken);
  if (!form.ok) return form;
  const { unit, job, role, ...claim } = form.value;
  return { ok: true, value: { ...claim, unitId: unit || null, job: job || null, role: role || null } };
}

const RULE_FIELDS = ['claim', 'value', 'unit', 'job', 'role'] as const;

export const typedClaimRule = (body: unknown): Record<(typeof RULE_FIELDS)[number], string> =>
  Object.fromEntries(RULE_FIELDS.map(field => [field, typed(body, field)])) as Record<
    (typeof RULE_FIELDS)[number],
    string
  >;

const STATES = ['off', 'offered', 'enforced'] as const;

/** Reads whether people sign in with a provider, and who keeps the key. */
export function readState(body: unknown, keepers: readonly string[]) {
  const schema = z
    .object({
      state: z.enum(STATES, 'errors.provider-state'),
      keyholder: z.string('errors.keyholder').optional(),
    })
    .refine(({ state, keyholder = '' }) => state !== 'enforced' || keepers.includes(keyholder), {
      path: ['keyholder'],
      message: 'errors.keyholder',
    });
  const form = parseForm(schema, body, spoken);
  if (!form.ok) return form;
  const { state, keyholder } = form.value;
  const keyholderId = state === 'enforced' ? (keyholder ?? null) : null;
  return { ok: true, value: { state, keyholderId } } as const;
}
