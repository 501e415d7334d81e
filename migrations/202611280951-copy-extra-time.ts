export const name = '202611280951-copy-extra-time';

/**
 * Extra time was written for the installation's own organisation, whatever organisation the learner took the course
 * with, and an attempt counted only what its own organisation had agreed. Each agreement is copied to the other
 * organisations in which its learner is enrolled and nothing is agreed yet. A copy's id is made of the agreement's and
 * the organisation's: halves of two random ids, so that the way back finds the copies.
 */
export const up = [
  `insert into extra_times (id, organisation_id, user_id, number, allowance, agreed_on, agreed_by, until_at, actor_id,
     created_at)
   select distinct substr(agreed.id, 1, 18) || substr(e.organisation_id, 19), e.organisation_id, agreed.user_id,
     agreed.number, agreed.allowance, agreed.agreed_on, agreed.agreed_by, agreed.until_at, agreed.actor_id,
     agreed.created_at
   from extra_times agreed
   join organisations o on o.id = agreed.organisation_id and o.kind = 'open'
   join enrolments e on e.user_id = agreed.user_id and e.organisation_id <> agreed.organisation_id
   where not exists (select 1 from extra_times own
     where own.user_id = agreed.user_id and own.organisation_id = e.organisation_id)`,
];

export const down = [
  `delete from extra_times where exists (
     select 1 from extra_times agreed
     join organisations o on o.id = agreed.organisation_id and o.kind = 'open'
     where agreed.user_id = extra_times.user_id and agreed.organisation_id <> extra_times.organisation_id
       and extra_times.id = substr(agreed.id, 1, 18) || substr(extra_times.organisation_id, 19))`,
];
