import { makeToken } from '../../../server/people/api-tokens/api-tokens.js';
import type { Scope } from '../../../server/people/api-tokens/scopes.js';
import { raw, type RawAnswer } from '../../platform/http/raw.js';
import { otherOrganisation } from '../../support/roles.js';

export const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const OURS = 'urn:ietf:params:scim:schemas:extension:safepassage:2.0:User';
export const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

type Json = Record<string, unknown>;

/** An answer, with what it holds. */
export interface Told extends RawAnswer {
  readonly body: Json & { id: string; Resources: Json[]; totalResults: number; meta: Json };
}

/** A directory that holds a token of an organisation. */
export interface Directory {
  readonly organisationId: string;
  readonly token: string;
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Told>;
  /** Adds somebody; returns the id. */
  add(person: Json): Promise<string>;
  patch(id: string, ...operations: Json[]): Promise<Told>;
}

/** The directory of an organisation of its own, or of this one. */
export async function directory(
  organisationId?: string,
  scopes: readonly Scope[] = ['people.read', 'people.write'],
): Promise<Directory> {
  const of = organisationId ?? (await otherOrganisation());
  const by = { organisationId: of, actorId: null, now: Date.now() };
  const token = await makeToken({ name: 'Directory', scopes, days: 30 }, by);
  const ask: Directory['ask'] = async (method, path, body, headers = {}) => {
    const answer = await raw(`/scim/v2${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/scim+json',
        'content-type': 'application/scim+json',
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { ...answer, body: (answer.text === '' ? {} : JSON.parse(answer.text)) as Told['body'] };
  };
  const add = async (person: Json) => {
    const added = await ask('POST', '/Users', { schemas: [CORE], ...person });
    if (added.status !== 201) throw new Error(added.text);
    return added.body.id;
  };
  const patch = (id: string, ...Operations: Json[]) =>
    ask('PATCH', `/Users/${id}`, { schemas: [PATCH_OP], Operations });
  return { organisationId: of, token, ask, add, patch };
}

/** The operations of a PATCH, whole. */
export const operations = (...Operations: Json[]) => ({ schemas: [PATCH_OP], Operations });

/** Mara, as a directory tells her. */
export const mara = (more: Json = {}): Json => ({
  schemas: [CORE, ENTERPRISE],
  userName: 'Mara.Lind@example.org',
  externalId: 'e-417',
  name: { givenName: 'Mara', familyName: 'Lind' },
  emails: [{ value: 'Mara.Lind@example.org', type: 'work', primary: true }],
  active: true,
  [ENTERPRISE]: { employeeNumber: '00417', department: 'Lyon' },
  ...more,
});
