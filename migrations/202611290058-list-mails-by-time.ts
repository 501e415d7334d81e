/** What the log of mail is read by: all, one kind, and those that were not sent. */
export const up = [
  'create index mails_time on mails (created_at, id)',
  'create index mails_kind on mails (kind, created_at, id)',
  `create index mails_unsent on mails (state, created_at, id) where state <> 'sent'`,
];

export const down = ['drop index mails_unsent', 'drop index mails_kind', 'drop index mails_time'];
