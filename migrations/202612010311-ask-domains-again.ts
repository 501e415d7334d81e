// A domain was proven once, and nobody noticed when it went to somebody else. Its record is asked for again; one that an administrator
// of the installation confirmed has no record, and its `seen_at` stays empty.
export const up = [
  'alter table identity_domains add column seen_at bigint',
  'alter table identity_domains add column missed_at bigint',
  'alter table identity_domains add column misses smallint not null default 0',
  'alter table identity_domains add column lapsed_at bigint',
  `update identity_domains set seen_at = proven_at where not exists (
     select 1 from events e where e.name = 'identity-domain.proven'
       and e.payload like '%"domainId":"' || identity_domains.id || '"%' and e.payload like '%"how":"administrator"%')`,
];

export const down = [
  'alter table identity_domains drop column lapsed_at',
  'alter table identity_domains drop column misses',
  'alter table identity_domains drop column missed_at',
  'alter table identity_domains drop column seen_at',
];
