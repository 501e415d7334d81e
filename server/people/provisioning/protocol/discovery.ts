import { CORE_GROUP, CORE_USER, ENTERPRISE, OURS } from './attributes.js';

/** Most resources on one page of a list. */
export const MOST_LISTED = 200;

const CONFIG = 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig';
const TYPE = 'urn:ietf:params:scim:schemas:core:2.0:ResourceType';
const SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Schema';

/** What this server can do (RFC 7643, section 5). */
export const serviceProvider = (base: string) => ({
  schemas: [CONFIG],
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: MOST_LISTED },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: true },
  authenticationSchemes: [
    {
      type: 'oauthbearertoken',
      name: 'Bearer token',
      description: 'A token created by an administrator of the organisation (RFC 6750)',
      primary: true,
    },
  ],
  meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
});

/** The kinds of resources (RFC 7643, section 6). */
export const resourceTypes = (base: string) => [
  {
    ...resourceType(base, 'User', '/Users', CORE_USER),
    schemaExtensions: [
      { schema: ENTERPRISE, required: false },
      { schema: OURS, required: false },
    ],
  },
  resourceType(base, 'Group', '/Groups', CORE_GROUP),
];

const resourceType = (base: string, name: string, endpoint: string, schema: string) => ({
  ...{ schemas: [TYPE], id: name, name, endpoint, schema },
  meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/${name}` },
});

type Kind = 'string' | 'boolean' | 'complex' | 'reference';

const attribute = (name: string, type: Kind = 'string', more: object = {}) => ({
  ...{ name, type, multiValued: false, required: false, caseExact: false, mutability: 'readWrite' },
  ...{ returned: 'default', uniqueness: 'none' },
  ...more,
});

const complex = (name: string, parts: readonly object[], more: object = {}) =>
  attribute(name, 'complex', { subAttributes: parts, ...more });

/** Every attribute that is kept (RFC 7643, section 7). Others are taken and not kept. */
export const schemas = (base: string) =>
  [
    {
      ...{ id: CORE_USER, name: 'User', description: 'A person in the organisation' },
      attributes: [
        attribute('userName', 'string', { required: true, uniqueness: 'server' }),
        attribute('externalId', 'string', { caseExact: true }),
        attribute('displayName'),
        attribute('title'),
        attribute('active', 'boolean'),
        complex(
          'name',
          ['formatted', 'familyName', 'givenName', 'middleName', 'honorificPrefix', 'honorificSuffix'].map(
            name => attribute(name),
          ),
        ),
        complex('emails', [attribute('value'), attribute('type'), attribute('primary', 'boolean')], {
          multiValued: true,
        }),
      ],
    },
    {
      ...{ id: ENTERPRISE, name: 'EnterpriseUser', description: 'A person as an employee' },
      attributes: [
        ...['employeeNumber', 'costCenter', 'organization', 'division', 'department'].map(name =>
          attribute(name),
        ),
        complex('manager', [attribute('value')]),
      ],
    },
    {
      ...{ id: OURS, name: 'Training', description: 'What training needs to know about an employee' },
      attributes: [
        attribute('hireDate', 'string', {
          description: 'The start date, like 2026-11-29. If it has a time, only its date counts',
        }),
      ],
    },
    {
      ...{ id: CORE_GROUP, name: 'Group', description: 'A group of the directory' },
      attributes: [
        attribute('displayName', 'string', { required: true }),
        attribute('externalId', 'string', { caseExact: true }),
        complex(
          'members',
          [attribute('value', 'string', { mutability: 'immutable' }), attribute('display')],
          {
            multiValued: true,
          },
        ),
      ],
    },
  ].map(schema => ({
    schemas: [SCHEMA],
    ...schema,
    meta: { resourceType: 'Schema', location: `${base}/Schemas/${schema.id}` },
  }));
