export const up = [
  // What a cycle asks for: the whole course, or the shorter path of those who renew.
  `alter table cycles add column path varchar(10) not null default 'whole'
    constraint cycles_path check (path in ('whole', 'renewal'))`,
];

export const down = ['alter table cycles drop column path'];
