export const name = '202611242222-add-discreet-mode';

/** Whether somebody wants the pages they see to look like any course. Since when, and why, is nobody's business. */
export const up = ['alter table users add column is_discreet boolean not null default false'];

export const down = ['alter table users drop column is_discreet'];
