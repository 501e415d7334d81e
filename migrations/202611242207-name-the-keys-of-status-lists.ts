export const name = '202611242207-name-the-keys-of-status-lists';

/** A list signed with a key that is not trusted any more has to be signed anew: null means nobody noted it. */
export const up = [
  'alter table status_list_versions add column key_id varchar(80) references issuer_keys (id)',
];

export const down = ['alter table status_list_versions drop column key_id'];
