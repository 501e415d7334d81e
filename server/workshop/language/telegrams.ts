import type { KnownPattern } from './pattern.js';

const PEOPLE =
  'adult|child|supervisor|captain|officer|colleague|relative|parent|passenger|driver|learner|companion|family|specialist';

/** Sentences from which something is missing: an article, a verb, the main clause. */
export const telegrams: readonly KnownPattern[] = [
  {
    name: 'missing-article',
    finds: new RegExp(
      String.raw`(?:^|[.;:] )(?:tell|question|accuse|ask|call|warn|confront|thank|inform|judge by) (?:${PEOPLE})\b(?! (?:protection|services?|control|desk|helpline))|\b(?:call|tell|tells|told|calls) supervisor\b|^(?:family|child|adult) or (?:child|adult|family) (?:may|is|can)\b`,
      'i',
    ),
    better: 'the, a or your before the person',
    bad: 'Question adult or child, accuse or promise.',
    good: 'Question the adult or the child, accuse anyone, or make promises.',
  },
  {
    name: 'question-for-if',
    finds:
      /^(?:the|a|an|that|this|your|nothing|nobody|no one|they|it) (?![^?]*[,:] (?:who|what|how|is|do|may|whom)\b)(?:[\w']+ ){0,6}(?:is|are|says|say|happens|has|fails|works)\b[^?":]*\?$/i,
    better: 'If …, …',
    bad: 'A colleague is the concern?',
    good: 'If a colleague is involved, tell the captain.',
  },
  {
    name: 'clause-without-a-sentence',
    finds:
      /^(?:so that|as (?:it|they|if) (?!(?:should )?appear)|although|unless|while) [^,;:–?]*\.$|^(?:because|whether|which) (?:(?!\b(?:is|are|was|does|do|has|can|will)\b)[^,;:–?])*\.$|^if it \w+(?: or \w+)?\.$/i,
    better: 'a whole sentence, with the clause joined to the one before',
    bad: 'So that your place is saved and your certificate has your name.',
    good: 'We save your progress and put your name on your certificate.',
    where: ['screens', 'administration'],
  },
  {
    name: 'in-doubt',
    finds: /^in doubt,/i,
    better: 'If in doubt,',
    bad: 'In doubt, call the duty manager.',
    good: 'If in doubt, call the duty manager.',
  },
  {
    name: 'right-because',
    finds: /^(?:right|not the best) because\b/i,
    better: 'the reason itself: the mark already says whether it was right',
    bad: 'Right because the man stays unaware.',
    good: 'The man does not notice that you have told anybody.',
  },
  {
    name: 'too-long-for-a-screen',
    finds: /^(?:\S+\s+){30,}\S+/,
    better: 'two sentences, of at most 30 words each',
    bad: `This${' very'.repeat(29)} long sentence never ends.`,
    good: 'This sentence ends.',
    where: ['screens'],
  },
  {
    name: 'objective-without-a-verb',
    finds: /^(?:you can|after this|the|a|an|to|that|how|what|why|your)\b/i,
    better: 'begin with the verb, as after "You can": “Tell knowing help from deceived relatives.”',
    bad: 'You can tell a tired family from a controlled child.',
    good: 'Tell a tired family from a controlled child.',
    role: 'objective',
  },
  {
    name: 'title-too-long',
    finds: /^(?:\S+\s+){12,}\S+/,
    better: 'at most twelve words',
    bad: 'Which kind of trafficking this is, and why we look at that one kind separately',
    good: 'Which kind of trafficking, and why we look at one kind separately',
    role: 'title',
  },
];
