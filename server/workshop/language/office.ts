import type { KnownPattern } from './pattern.js';

const SCREENS = ['screens', 'administration'] as const;

/** The English of offices that nobody speaks: what managers and auditors would meet on their pages. */
export const office: readonly KnownPattern[] = [
  {
    name: 'whoever',
    finds: /\bwho(?:m)?ever\b/i,
    better: 'anyone who, people who, or the role',
    bad: 'Whoever joins later falls under it too.',
    good: 'Anyone who joins later is included.',
    where: SCREENS,
  },
  {
    name: 'whom',
    finds: /(?<!\b(?:to|by|about|for|with|from|of|tells) )\bwhom\b/i,
    better: 'who, or a sentence without it',
    bad: 'The people whom it concerns are listed.',
    good: 'The people it applies to are listed.',
    where: SCREENS,
  },
  {
    name: 'asked-of',
    finds:
      /\b(?:asked|required|needed|asks|requires|ask|require)\b(?: \w+){0,2} of (?:you|them|anyone|anybody|people|nobody|somebody)\b/i,
    better: 'you need to …, they must …',
    bad: 'Nothing is required of anyone yet.',
    good: 'There is no required training yet.',
    where: SCREENS,
  },
  {
    name: 'how-they-stand',
    finds: /\b(?:how|as) [\w{}’' ]{1,30} (?:stands?|stood)\b|\bstandings?\b/i,
    better: 'status',
    bad: 'How your people stood over a period.',
    good: 'The training status of your people over a period.',
    where: SCREENS,
  },
  {
    name: 'day-for-date',
    finds:
      /\b(?:enter|choose) (?:a|the) (?!first |last )(?:\w+ )?day\b(?! of the)|\bdays? of (?:hire|birth|expiry)\b|\ba day to come\b|\buntil a day\b/i,
    better: 'date, start date, a future date, until a set date',
    bad: 'Enter a day to come.',
    good: 'Enter a future date.',
    where: SCREENS,
  },
  {
    name: 'being-made',
    finds: /\bbeing made\b|\bto be made\b/i,
    better: 'creating, queued',
    bad: 'Waiting to be made',
    good: 'Queued',
    where: SCREENS,
  },
  {
    name: 'taken-back',
    finds: /\b(?:take|takes|took|taken|taking) (?:\w+ )?(?:back|off|out)\b(?! of)/i,
    better: 'revoke, withdraw, remove, cancel, undo: one verb for each thing',
    bad: 'The role was taken back.',
    good: 'The role was removed.',
    where: SCREENS,
  },
  {
    name: 'falls-under',
    finds: /\bfalls? under\b/i,
    better: 'applies to, is included in',
    bad: 'Whether somebody falls under it.',
    good: 'Whether it applies to someone.',
    where: SCREENS,
  },
  {
    name: 'by-itself',
    finds: /\bby (?:itself|themselves)\b/i,
    better: 'automatically',
    bad: 'People are ended by themselves.',
    good: 'People are removed automatically.',
    where: SCREENS,
  },
  {
    name: 'so-many',
    finds: /\bso (?:many|long) (?:months|days|years|hours|minutes|after|before)\b/i,
    better: 'the number: this many, for the same time',
    bad: 'So many months after somebody has left, their name is erased.',
    good: 'We erase their name this many months after they leave.',
    where: SCREENS,
  },
  {
    name: 'runs-this-site',
    finds:
      /\b(?:administrators?|people who run) (?:of |of the )?(?:this|the) (?:installation|server|site)\b/i,
    better: 'the site administrator',
    bad: 'Ask an administrator of this installation.',
    good: 'Ask the site administrator.',
    where: SCREENS,
  },
  {
    name: 'reckoned',
    finds: /\breckon(?:s|ed|ing)?\b/i,
    better: 'work out, check, calculate',
    bad: 'It is reckoned once more when you confirm.',
    good: 'We check it again when you confirm.',
    where: SCREENS,
  },
  {
    name: 'nobody-is-told',
    finds: /\b(?:nobody|nothing) (?:is|are|was|were) (?:told|asked|named|meant|reminded|required)\b/i,
    better: 'we do not e-mail …, there is no …',
    bad: 'Nobody is told for an hour.',
    good: 'We wait an hour before we e-mail anyone.',
    where: SCREENS,
  },
];
