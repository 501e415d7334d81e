export const name = '202611280915-note-doubtful-certificates';

/** Certificates whose stored record was found not to say what was signed, until a check finds that it does again. */
export const up = [
  `create table certificate_doubts (
    certificate_id varchar(36) primary key references certificates (id),
    noticed_at bigint not null
  )`,
];

export const down = ['drop table certificate_doubts'];
