export const up = [
  // Few of an organisation have no account: to find them, everybody was looked at.
  `create index memberships_uninvited on memberships (organisation_id, id)
    where user_id is null and employment <> 'left'`,
];

export const down = ['drop index memberships_uninvited'];
