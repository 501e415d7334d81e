/** The invitation that somebody came from when they signed up: the link that confirms their address leads back to it. */
export const up = ['alter table tokens add column invitation_id varchar(36)'];

export const down = ['alter table tokens drop column invitation_id'];
