import type { KnownPattern } from './pattern.js';

/** What a page, a list or a form shows does not stand there. */
const SHOWN =
  'words?|sentences?|names?|surnames?|numbers?|figures?|dates?|texts?|lists?|links?|hotlines?|offences?|treaty|definition|rules?|choice|it|they|that|which';
const PAGE =
  'pages?|list|address|certificates?|cards?|papers?|tickets?|ID|form|file|report|record|note|row|table|text|letter|law|Act|Republic|Protocol|Convention|[A-Z]\\w* Protocol';
const STANDS = [
  String.raw`\bas (?:it|they) (?:should )?stands? on\b`,
  String.raw`\b(?:${SHOWN}) (?:should |may |must )?(?:stands?|stood) (?:there|here|below|above|first|last|next|(?:in|on|under|at) (?:[\w']+ ){0,2}(?:${PAGE}))\b`,
  String.raw`\b(?:beside|below|above|further down|under)\b[^.,]{0,40} stands?\b(?: the words| ")`,
  String.raw`\bstand where they are seen\b`,
];

/** Sentences that are built as in German: each word is English, the sentence is not. */
export const borrowed: readonly KnownPattern[] = [
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
    finds: new RegExp(STANDS.join('|'), 'i'),
    better: 'is shown, appears, is printed, is; of a law: is set out in',
    bad: 'As it should stand on the certificate.',
    good: 'As it should appear on your certificate.',
  },
  {
    name: 'another-for-different',
    finds:
      /\b(?:is|are|was) another (?:law|question|matter|link|thing|one)\b|\banother (?:skin|law)\b|\bof another kind\b/i,
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
    name: 'tell-apart-first',
    finds: /\btell apart\b(?! [,.]|$)/i,
    better: 'tell one from the other; tell the difference between',
    bad: 'Tell apart knowing help and unknowing help.',
    good: 'Tell knowing help from unknowing help.',
  },
  {
    name: 'none-is-here-yet',
    finds:
      /\bno [\w ]{2,30} (?:is|are) here(?: yet)?\b|\bnothing (?:is|has come) here\b|\bnothing has come\b/i,
    better: 'There are no … yet',
    bad: 'No course is here yet.',
    good: 'There are no courses yet.',
  },
  {
    name: 'is-the-concern',
    finds: /\b(?:is|are) the concern\b/i,
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
    finds:
      /,? (?:and|but) no (?:interview|judgement|guess|guesses|conclusion|opinion|promise)\b(?! is| are)/i,
    better: 'not …, or without …',
    bad: 'It is first contact, and no interview.',
    good: 'This is first contact, not an interview.',
  },
  {
    name: 'is-no-for-is-not-a',
    finds:
      /(?<!\bthere )\b(?:is|are|was|were) no (?!longer\b|more\b|better\b|use\b|different\b|such\b|one\b|doubt\b|worse\b|less\b)[a-z]/i,
    better: 'is not a …',
    bad: 'A line that tells you to wait is no reason to stop.',
    good: 'A line that tells you to wait is not a reason to stop.',
  },
  {
    name: 'no-after-verb',
    finds: /\b(?:needs|replaces|asks for|names) (?:no (?!one\b)\w|none\b)/i,
    better: 'does not need …, does not replace …',
    bad: 'It replaces no rule.',
    good: 'It does not replace any rule.',
  },
  {
    name: 'to-nobody',
    finds: /\b(?:to|for|by|from) (?:nobody|no one)\b(?! else)/i,
    better: 'not … to anyone',
    bad: 'Give the child away to nobody.',
    good: 'Do not tell anyone who the child is.',
  },
  {
    name: 'double-negative',
    finds:
      /\b(?:not|no|nobody|nothing)\b[^.;:]{0,40}\b(?:for|to|with|by|from) (?:nobody|no one|nothing|none)\b|n't (?:\w+ ){0,3}(?:nobody|no one|nothing|none)\b|\bnot (?:un|in|im)(?:usual|common|likely|possible|known|important)/i,
    better: 'one negative: not … anyone',
    bad: 'It does not replace the rules for nobody.',
    good: 'It does not replace the rules for anyone.',
  },
  {
    name: 'holds-for',
    finds: /\bholds? for\b/i,
    better: 'applies to',
    bad: 'The rule holds for every child.',
    good: 'The rule applies to every child.',
  },
  {
    name: 'of-the-year',
    finds:
      /\b(?:case|report|study|figure|data|survey|guide|guidance|review|article|paper|rule|law)s? of (?:19|20)\d\d\b/i,
    better: 'a 2021 case; a report from 2024',
    bad: 'In a case of 2021 crew named late boarding.',
    good: 'In a 2021 case the crew had reported late boarding.',
  },
  {
    name: 'of-the-organisation',
    finds:
      /\b(?:someone|somebody|anyone|anybody|people|person) of (?:the|your|an|this|another) (?:organisation|team|role|unit|group)\b/i,
    better: 'someone from, or in',
    bad: 'Someone of the organisation compares it.',
    good: 'Someone from the organisation compares it.',
  },
  {
    name: 'work-names',
    finds: /\byour work's\b|\b(?:work|role|job) (?:names|has named)\b/i,
    better: 'your organisation has named, your organisation’s',
    bad: 'Tell the person your work names for this.',
    good: 'Tell the person your organisation has named.',
  },
  {
    name: 'in-peace',
    finds: /\b(?:leave|leaves|left|leaving)\b[^.,;]{0,30} in peace\b/i,
    better: 'take no action; let them go on',
    bad: 'You left 2 of 3 in peace.',
    good: 'You rightly took no action in 2 of 3.',
  },
  {
    name: 'single-for-individual',
    finds: /\bsingle (?:answers|questions|people|persons|learners)\b/i,
    better: 'individual',
    bad: 'Nobody else sees your single answers.',
    good: 'Nobody else sees your individual answers.',
  },
  {
    name: 'raise-a-person',
    finds:
      /\b(?:whom|who),? (?:if anyone,? )?do you raise\b|\braise (?:him|them|behaviour|the (?:man|woman|pair))\b/i,
    better: 'report',
    bad: 'Whom do you raise?',
    good: 'Who do you report?',
  },
  {
    name: 'go-past',
    finds: /\bgo(?:es|ing)? (?:past (?:it|them|him|her)|direct\b|outside (?:it|today)\b|outside,)/i,
    better: 'report directly to the police or child protection',
    bad: 'If it fails, go past it.',
    good: 'If it fails, report directly to the police.',
  },
  {
    name: 'serve-on',
    finds: /\bserv(?:e|es|ing) on\b/i,
    better: 'carry on serving',
    bad: 'You watch, and you serve on.',
    good: 'You watch, and you carry on serving.',
  },
  {
    name: 'had-right',
    finds: /\b(?:had|have|has) (?:\{?\w+\}?) of \{?\w+\}? (?:\w+ )?right\b/i,
    better: 'You got 2 out of 3 right.',
    bad: 'You had {right} of {count} right.',
    good: 'You got {right} out of {count} right.',
  },
  {
    name: 'way-home',
    finds: /\bgood (?:way home|wish)\b/i,
    better: 'a safe journey home',
    bad: 'Wish them a good way home.',
    good: 'Wish them a safe journey home.',
  },
  {
    name: 'out-of-reach',
    finds: /\bout of reach\b/i,
    better: 'beyond the reach of this crime; cannot be reached',
    bad: 'No route is out of reach.',
    good: 'No route is beyond the reach of this crime.',
  },
  {
    name: 'from-then-on',
    finds: /\bfrom (?!now\b)(?:the|then|that|this|your|\d)[\w' ]{0,30} on(?=[,.;:]|$)/i,
    better: 'from …',
    bad: 'It applies to your quizzes, from the next try on.',
    good: 'It applies to your quizzes from the next try.',
  },
  {
    name: 'look-at-for-check',
    finds:
      /\blook at the (?:name|spelling|number|address)\b|\blook (?:it|them) up again\b|\b(?:is|are|be) looked up again\b/i,
    better: 'check',
    bad: 'Look at the spelling.',
    good: 'Check the spelling.',
    where: ['screens', 'administration'],
  },
  {
    name: 'not-proof-as-a-stamp',
    finds: /\bnot proof in either direction\b/i,
    better: 'once a module, or something to do: write one ordinary explanation',
    bad: 'Signs are not proof in either direction.',
    good: 'Write one ordinary explanation for what you saw.',
  },
];
