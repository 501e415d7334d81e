export const up = [
  // The role that whoever accepts gets with it. No role: the invitation is to learn.
  `alter table invitations add column role varchar(20) check (role in ('manager', 'instructor', 'administrator'))`,
  'alter table invitations add column role_unit_id varchar(36) references units (id)',
  'alter table invitations add column role_from_day varchar(10)',
  'alter table invitations add column role_until_day varchar(10)',
  // A public hotline that an administrator switched off: nobody is shown it until it is confirmed or goes back to the content.
  'alter table hotline_checks add column is_off boolean not null default false',
];

export const down = [
  'alter table hotline_checks drop column is_off',
  'alter table invitations drop column role_until_day',
  'alter table invitations drop column role_from_day',
  'alter table invitations drop column role_unit_id',
  'alter table invitations drop column role',
];
