// Today's view, like `employment`. People of the installation's own organisation work nowhere.
export const up = [
  'alter table memberships add column lacks_job boolean not null default false',
  'create index memberships_lacks_job on memberships (organisation_id, sort_name, id) where lacks_job',
  `update memberships set lacks_job = true where employment <> 'left'
     and organisation_id in (select id from organisations where kind <> 'open')
     and not exists (select 1 from placements p where p.membership_id = memberships.id and p.has_reach and p.job is not null)`,
];

export const down = ['drop index memberships_lacks_job', 'alter table memberships drop column lacks_job'];
