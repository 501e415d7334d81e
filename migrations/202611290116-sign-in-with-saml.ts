export const up = [
  "alter table identity_providers add column protocol varchar(10) not null default 'openid' check (protocol in ('openid', 'saml'))",
  // What a SAML provider sent, until the browser that it let through comes for it.
  'alter table identity_trips add column response text',
];

export const down = [
  'alter table identity_trips drop column response',
  "delete from identity_rules where provider_id in (select id from identity_providers where protocol = 'saml')",
  "delete from identity_trips where provider_id in (select id from identity_providers where protocol = 'saml')",
  "delete from identities where provider_id in (select id from identity_providers where protocol = 'saml')",
  "delete from claimed_roles where provider_id in (select id from identity_providers where protocol = 'saml')",
  "delete from identity_providers where protocol = 'saml'",
  'alter table identity_providers drop column protocol',
];
