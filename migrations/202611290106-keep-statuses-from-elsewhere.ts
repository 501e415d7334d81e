export const up = [
  // Where the issuer of a certificate from elsewhere says whether it revoked it, and what that list said when it was asked last.
  'alter table certificates_elsewhere add column status_url varchar(500)',
  'alter table certificates_elsewhere add column status_index integer',
  `alter table certificates_elsewhere add column status_said varchar(10)
    constraint certificates_elsewhere_said check (status_said in ('good', 'revoked', 'unread'))`,
  'alter table certificates_elsewhere add column status_asked_at bigint',
];

export const down = [
  'alter table certificates_elsewhere drop column status_asked_at',
  'alter table certificates_elsewhere drop column status_said',
  'alter table certificates_elsewhere drop column status_index',
  'alter table certificates_elsewhere drop column status_url',
];
