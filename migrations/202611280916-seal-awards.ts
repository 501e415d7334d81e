export const name = '202611280916-seal-awards';

/** The hash of an award, signed: a signed text does not hold everything that a certificate is found and shown by. */
export const up = [
  'alter table certificates add column seal text',
  'create index certificates_unsealed on certificates (id) where seal is null',
];

export const down = ['drop index certificates_unsealed', 'alter table certificates drop column seal'];
