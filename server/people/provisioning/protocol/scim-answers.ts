import { TokenRefused } from '../../api-tokens/bearer.js';
import { TooMany, type AppError } from '../../../errors.js';
import { sha256 } from '../../../platform/lib/tokens.js';
import { ScimFault } from './scim-fault.js';

export const SCIM_JSON = 'application/scim+json';

/** An error in the form of SCIM (RFC 7644, section 3.12), with the headers that it needs. */
export function errorAnswer(error: AppError) {
  const detail = error.status >= 500 ? 'Something went wrong here. Try again later.' : error.message;
  const headers: Record<string, string> = {};
  if (error instanceof TokenRefused) headers['WWW-Authenticate'] = error.challenge;
  if (error instanceof TooMany) headers['Retry-After'] = String(error.retryAfter);
  return {
    headers,
    body: {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: String(error.status),
      ...(error instanceof ScimFault && error.scimType !== null && { scimType: error.scimType }),
      detail,
    },
  };
}

/** A part of a list (RFC 7644, section 3.4.2). `from`: the number of the first, counted from 1. */
export const listAnswer = (
  resources: readonly object[],
  { total, from }: { total: number; from: number },
) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
  ...{ totalResults: total, startIndex: from, itemsPerPage: resources.length, Resources: resources },
});

/** A weak entity tag of a resource: it changes with everything that the resource says. */
export const entityTag = (resource: object): string => `W/"${sha256(JSON.stringify(resource)).slice(0, 20)}"`;

/** Whether a header of tags (RFC 9110, section 8.8.3), compared weakly, names this one. */
export const namesTag = (header: string | undefined, tag: string): boolean =>
  header !== undefined &&
  header
    .split(',')
    .map(each => each.trim().replace(/^W\//, ''))
    .some(each => each === '*' || each === tag.replace(/^W\//, ''));
