/** The organisation that a mail is about; null: the account, or the installation. It stood in the mail's key until now. */
export const up = [
  'alter table mails add column organisation_id varchar(36)',
  `update mails set organisation_id = (
     select e.organisation_id from events e where e.id = substr(mails.dedupe_key, length(mails.kind) + 2))`,
  `update mails set organisation_id = (select c.organisation_id from cycles c where c.id = substr(mails.dedupe_key, 9, 36))
   where dedupe_key like 'renewal:%'`,
  `update mails set organisation_id = (select q.organisation_id from measurements q where q.id = substr(mails.dedupe_key, 11))
   where dedupe_key like 'refresher:%'`,
];

export const down = ['alter table mails drop column organisation_id'];
