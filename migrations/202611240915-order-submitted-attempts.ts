export const name = '202611240915-order-submitted-attempts';

/** Statistics read the attempts at a quiz in the order in which they were handed in, a few hundred at a time. */
export const up = [
  `create index attempts_submitted on attempts (quiz, submitted_at, id, course_version_id)
   where submitted_at is not null`,
];

export const down = ['drop index attempts_submitted'];
