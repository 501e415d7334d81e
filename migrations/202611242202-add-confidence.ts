export const name = '202611242202-add-confidence';

/** How sure a learner was of an answer, where they said so. It is kept with the answer and never changes the score. */
export const up = [
  `alter table attempt_answers add column confidence varchar(10)
   check (confidence in ('sure', 'fairly', 'guess'))`,
];

export const down = ['alter table attempt_answers drop column confidence'];
