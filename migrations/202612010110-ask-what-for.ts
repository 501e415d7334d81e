export const up = [
  // A session that an organisation's provider, or a PIN at its door, began holds what the person is and may do there, and no more, until
  // their own second step opens all of it.
  'alter table sessions add column organisation_id varchar(36)',
  'alter table sessions add column is_whole boolean not null default false',
  'create index sessions_organisation on sessions (organisation_id, user_id) where organisation_id is not null',
  // When that provider last vouched for its person, at our asking. It counts for pages of the organisation alone.
  'alter table sessions add column vouched_at bigint',
  `update sessions set proven_at = 0, organisation_id = (
     select p.organisation_id from identity_providers p where p.id = sessions.provider_id)
   where provider_id is not null`,
  // Nothing says at whose door somebody with a staff number came in, nor of a provider that is gone: they sign in again.
  `delete from sessions where entry = '/staff' or (provider_id is not null and organisation_id is null)`,
  // Whether an organisation vouched for the address of an account, or its owner connected it.
  `alter table identities add column how varchar(10) not null default 'address' check (how in ('address', 'account'))`,
  // The organisation by whose card an account began: it alone may give the account a new PIN.
  'alter table users add column card_organisation_id varchar(36)',
  `update users set card_organisation_id = (
     select e.organisation_id from entry_codes e join memberships m on m.id = e.membership_id
     where m.user_id = users.id and e.outcome = 'used' order by e.ended_at, e.id limit 1)
   where email like '%@no-address.invalid'`,
];

const connected = (identityId: string, how: string) =>
  `update identities set how = 'account' where id in (
     select ${identityId} from events where name = 'identity.connected' and ${how} = 'account')`;

// The log alone says so of those that were connected before.
export const onPostgres = [connected(`payload::json ->> 'identityId'`, `payload::json ->> 'how'`)];
export const onSqlite = [
  connected(`json_extract(payload, '$.identityId')`, `json_extract(payload, '$.how')`),
];

export const down = [
  'alter table users drop column card_organisation_id',
  'alter table identities drop column how',
  'alter table sessions drop column vouched_at',
  'drop index sessions_organisation',
  'alter table sessions drop column is_whole',
  'alter table sessions drop column organisation_id',
];
