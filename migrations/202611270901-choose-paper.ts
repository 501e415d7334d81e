export const name = '202611270901-choose-paper';

/** The paper that an organisation prints on: what a certificate is drawn for when nobody asks for another. */
export const up = [
  `alter table organisations add column paper varchar(10) not null default 'a4'
    check (paper in ('a4', 'letter'))`,
];

export const down = ['alter table organisations drop column paper'];
