import type { Pattern } from '../../../server/workshop/language/pattern.js';

/** What was written again and again in documents, comments and titles of tests, and makes a reader stop. */
export const repositoryPatterns: readonly Pattern[] = [
  { name: 'whoever', finds: /\bwho(?:m)?ever\b/i, better: 'anyone who, people who, the reader' },
  { name: 'whom', finds: /\bwhom\b/i, better: 'who' },
  {
    name: 'stands',
    finds:
      /\b(?:what|that|which|it|they|how \w+|\w+s?) stands? (?:here|there|below|above|in|on|for itself|behind|beside|with)\b|\bstandings?\b(?!-)/i,
    better: 'is, is shown, appears; status',
  },
  { name: 'of-its-own', finds: /\bof (?:its|their|her|his) own\b/i, better: 'its own …, separate' },
  {
    name: 'nobody-as-subject',
    finds: /^(?:nobody|nothing) (?:is|are|was|has|can|may|of|that|but)\b/i,
    better: 'There is no …; … does not …',
  },
  {
    name: 'says-of',
    finds: /\b(?:says?|said|tells?|told|knows?|asks?|asked) of\b/i,
    better: 'says about, contains, requires',
  },
  {
    name: 'is-told',
    finds: /\b(?:is|are|was|were) (?:told|asked for|meant|made)\b/i,
    better: 'name who tells, asks for or creates it',
  },
  { name: 'is-no', finds: /\b(?:is|are|was) no (?!longer|more|one)\w/i, better: 'is not a …' },
  {
    name: 'taken-back',
    finds: /\b(?:take|takes|taken) (?:back|off|out)\b/i,
    better: 'withdraw, remove, undo, delete',
  },
  { name: 'so-many', finds: /\bso (?:many|long)\b/i, better: 'this many; as long as' },
  { name: 'rests-on', finds: /\brests? on\b/i, better: 'uses, depends on' },
  { name: 'where-there-is', finds: /\bwhere there (?:is|are)\b/i, better: 'if there is' },
  {
    name: 'also-for-even',
    finds: /[,;] also (?:when|where|if|after|before|for|from|in|with|those)\b/i,
    better: 'even if, including',
  },
  {
    name: 'at-hand',
    finds: /\bat hand\b|\bby and by\b|\bmeanwhile\b/i,
    better: 'available, later, at the same time',
  },
  { name: 'the-same-of', finds: /^the same (?:of|for|as|in|with)\b/i, better: 'say what it does' },
];
