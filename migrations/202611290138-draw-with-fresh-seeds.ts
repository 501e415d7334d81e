// A sample is drawn with a seed that is offered or typed when it is asked for: whoever kept the room could know this one before.
export const up = ['alter table auditor_rooms drop column seed'];

export const down = [`alter table auditor_rooms add column seed varchar(32) not null default ''`];
