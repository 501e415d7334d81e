import type { LanguageText, Where } from './language-text.js';

/**
 * Something that a careful native editor would not print. `finds` is matched against one sentence with typed quotation marks, from
 * which `except` (a global expression) was removed. `where` and `role`: only texts of these.
 */
export type Pattern = {
  name: string;
  finds: RegExp;
  except?: RegExp;
  better: string;
  where?: readonly Where[];
  role?: NonNullable<LanguageText['role']>;
};

/** A pattern of the house, with a sentence that it finds and one that says the same better. */
export type KnownPattern = Pattern & { bad: string; good: string };

/** Words that a page, a list or a form shows: they do not stand there. */
const SHOWN = String.raw`words?|sentences?|names?|surnames?|numbers?|figures?|dates?|texts?|lists?|links?|hotlines?|offences?|treaty|definition|rules?|choice|it|they|that|which`;
const PAGE = String.raw`pages?|list|address|certificates?|cards?|papers?|tickets?|ID|form|file|report|record|note|row|table|text|letter|law|Act|Republic|Protocol|Convention|[A-Z]\w* Protocol`;

/** Patterns of sentences taken over from another language, and of telegrams. */
export const patterns: readonly KnownPattern[] = [
  {
    name: 'also-for-even',
    finds:
      /[,;–] also (?:when|where|if|after|before|for|from|in|with|without|on|at|by|while|as|to|of|those|not|labour)\b/i,
    better: 'even (when), or including',
    bad: 'Your certificate stays in your account, also when the course changes.',
    good: 'Your certificate stays in your account, even if the course changes.',
  },
  {
    name: 'stands-for-is-shown',
    finds: new RegExp(
      String.raw`\bas (?:it|they) (?:should )?stands? on\b|\b(?:${SHOWN}) (?:should |may |must )?(?:stands?|stood) (?:there|here|below|above|first|last|next|(?:in|on|under|at) (?:\w+ ){0,2}(?:${PAGE}))\b|\b(?:beside|below|above|further down|under)\b[^.,]{0,40} stands?\b(?: the words| ")|\bstand where they are seen\b`,
      'i',
    ),
    better: 'is shown, appears, is printed, is; of a law: is set out in',
    bad: 'As it should stand on the certificate.',
    good: 'As it should appear on your certificate.',
  },
  {
    name: 'another-for-different',
    finds:
      /\b(?:is|are|was) another (?:law|question|matter|link|thing|one)\b|\banother (?:skin|law|kind|form)\b|\bof another kind\b/i,
    better: 'a different, a separate',
    bad: 'The age of consent is another law.',
    good: 'The age of consent is a separate law.',
  },
  {
    name: 'apart-for-separately',
    finds:
      /\b(?:look\w*|stud(?:y|ied|ies)|address\w*|treat\w*|count\w*|list\w*|speak\w*|asked)\b[^.,;]{0,50}\bapart\b|\bwhy apart\b/i,
    better: 'separately',
    bad: 'Speak with them apart.',
    good: 'Speak with each of them separately.',
  },
  {
    name: 'none-is-here-yet',
    finds:
      /\bno [\w ]{2,30} (?:is|are) here(?: yet)?\b|\bnothing (?:is|has come) here\b|\bnothing has come\b/i,
    better: 'There are no … yet.',
    bad: 'No course is here yet.',
    good: 'There are no courses yet.',
  },
  {
    name: 'is-the-concern',
    finds: /\b(?:is|are|if it is) the concern\b/i,
    better: 'is involved, or is the person you are worried about',
    bad: 'If that person is the concern, call the police.',
    good: 'If that person is involved, call the police.',
  },
  {
    name: 'says-wait',
    finds: /\bsays? wait\b(?!")/i,
    better: 'tells you to wait',
    bad: 'If the senior says wait, tell the captain.',
    good: 'If the senior tells you to wait, tell the captain.',
  },
  {
    name: 'and-no-for-not',
    finds: /,? (?:and|but) no (?:interview|means|judgement|guess|guesses|conclusion|opinion|more)\b/i,
    better: 'not …, or without …',
    bad: 'It is first contact, and no interview.',
    good: 'This is first contact, not an interview.',
  },
  {
    name: 'is-no-for-is-not-a',
    finds:
      /\b(?:is|are|was|were) no (?!longer\b|more\b|need\b|better\b|use\b|different\b|such\b|\w+er\b|one\b|doubt\b)(?:\w+ )?[a-z]+\b(?<!\bthere (?:is|are|was|were) no (?:\w+ )?[a-z]+)/i,
    better: 'is not a …',
    bad: 'A line that says wait is no reason to stop.',
    good: 'A line that tells you to wait is not a reason to stop.',
  },
  {
    name: 'out-of-reach',
    finds: /\bout of reach\b/i,
    better: 'free of this crime; cannot be reached',
    bad: 'No route is out of reach.',
    good: 'No route is free of this crime.',
  },
  {
    name: 'right-because',
    finds: /^(?:right|not the best) because\b/i,
    better: 'the reason itself: the mark already says whether it was right',
    bad: 'Right because the man stays unaware.',
    good: 'The man does not notice that you have told anybody.',
  },
  {
    name: 'child-of-n',
    finds:
      /\b(?:child(?:ren)?|boys?|girls?|teenagers?|brothers?|sisters?|sons?|daughters?|pupils?|twins) of (?:about |around |perhaps |maybe |under |over )?\d+\b(?! (?:%|per cent))/i,
    better: 'a 14-year-old; a girl aged 14',
    bad: 'A boy of 14 asks for help.',
    good: 'A 14-year-old boy asks for help.',
  },
  {
    name: 'had-right',
    finds: /\b(?:had|have|has) (?:\{?\w+\}?) (?:of \{?\w+\}? )(?:\w+ )?right\b/i,
    better: 'You got 2 out of 3 (right).',
    bad: 'You had {right} of {count} right.',
    good: 'You got {right} out of {count}.',
  },
];
