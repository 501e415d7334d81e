/** What a rule is about; its reason and the better way stand under `report.avoid.<topic>` in the texts. */
export type Topic =
  | 'looks'
  | 'skin'
  | 'origin'
  | 'language'
  | 'clothes'
  | 'faith'
  | 'disability'
  | 'identity'
  | 'money'
  | 'family'
  | 'case'
  | 'adult'
  | 'child'
  | 'crime'
  | 'certainty'
  | 'suspicion'
  | 'diagnosis';

/** `appearance`: how somebody is or lives, never what was done. `finding`: a verdict that others reach. */
type Kind = 'appearance' | 'finding';

/** A word that does not belong in a record, as it was written. */
export interface Judged {
  readonly text: string;
  readonly topic: Topic;
  readonly kind: Kind;
}

interface Rule {
  readonly topic: Topic;
  readonly kind: Kind;
  readonly pattern: RegExp;
  /** Where this stands in the same text, the word has a good use. */
  readonly unless?: RegExp;
}

const person =
  '(?:(?:young|old|older|little|elderly) )?(?:(?:gentle)?m[ae]n|wom[ae]n|lady|ladies|guys?|boys?|girls?|child|children|kids?|teen(?:ager)?s?|adults?|person|people|couples?|famil(?:y|ies)|parents?|mother|father|mum|mom|dad|uncle|aunt|passengers?|guests?|visitors?|tourists?)';
const somebodyIs = `(?:he|she|they|${person}) (?:is|are|was|were|looks?|looked|seems?|seemed|appears?|appeared)(?: both| all| very| too| so| quite| an?)?`;
const people =
  '(?:afro|african|arab|asian|latin[oa]?|hispanic|european|american|indian|chinese|japanese|korean|thai|vietnamese|filipin[oa]|pakistani|bangladeshi|afghan|syrian|turkish|russian|ukrainian|romanian|bulgarian|albanian|polish|nigerian|ghanaian|somali|ethiopian|moroccan|mexican|brazilian|colombian|venezuelan|roma|gyps(?:y|ies)|indigenous)(?! (?:airlines?|airways|embassy|consulate|border|police))';
const names = '(?:school|church|hospital|cent(?:re|er)|charit\\w*|mission|relief|aid|society|service\\w*)';

/**
 * The words, from the style rules on bias and fairness (section 7: behaviour only, never looks) and on findings
 * (section 1: nobody is a trafficker or a victim in a record). A pattern names a person where the same word has an
 * ordinary use: "black van", "cheap ticket" and "he looked at the boy" are no fault. What may be behaviour of
 * concern is left out, too: papers held by another, new clothes as a gift, a bruise. So are vague words such as
 * "nervous", which may stand beside a behaviour; a case that needs one names it under `avoid`. English only: a
 * translation of the course needs a list of its own.
 */
const RULES: readonly Rule[] = [
  appearance(
    'looks',
    'handsome|beautiful|ugly|attractive|sexy|scruffy|unkempt|unwashed',
    '(?:good|rough|odd|sick|tired)[- ]looking',
    `(?:pretty|fat|skinny|thin|dirty) ${person}`,
    `${somebodyIs} (?:pretty|fat|skinny|dirty)`,
    '(?:blond|blonde|dark|curly|long|short|dyed|messy|greasy)[- ]hair(?:ed)?',
    'beard(?:ed)?|tattoo(?:s|ed)?|piercings?|make[- ]?up',
  ),
  appearance(
    'skin',
    '(?:dark|light|brown|black|white|fair|pale|olive)(?:er)?[- ]skin(?:ned)?',
    'skin colou?r|colou?r of (?:his|her|their) skin|skin tone|complexion|mixed[- ]race|ethnic\\w*',
    `(?:black|white|brown|colou?red) ${person}`,
    '(?:same|different|another|other|his|her|their) race',
  ),
  appearance(
    'origin',
    'foreign(?:ers?)?(?:[- ]looking)?(?! (?:exchange|currency|money|office|ministry|affairs))|gyps(?:y|ies)',
    '(?:im)?migrants?|refugees?|illegals?|nationality',
    `${people}[- ](?:looking|seeming)|${people} ${person}`,
    `${somebodyIs} (?:probably |maybe )?${people}`,
    '(?:is|are|was|were|comes?|came) from (?:africa|asia|the middle east|eastern europe|another country)',
  ),
  appearance(
    'language',
    'accents?|foreign language|(?:broken|poor|bad) english',
    "(?:do|does|did|can|could)(?: not|not|n't|'t) speak english",
  ),
  appearance(
    'clothes',
    '(?:wearing|wears?|wore)(?! (?:(?:an?|the|his|her|their|no) )?(?:name |airport |staff |work )?(?:badges?|uniforms?|seat ?belts?|mask|headphones|headset|earphones|lanyard))',
    '(?:badly|poorly|well|under|over)[- ]?dressed|dressed (?:in|like|as|up|too|very|badly|poorly|for)',
    '(?:old|torn|worn|cheap|dirty|ragged|shabby|strange|revealing|tight|summer|winter|expensive|traditional) (?:clothes|clothing|dress|skirt|shoes|coat|jacket|shirt|trousers|outfit)',
  ),
  appearance(
    'faith',
    `(?:muslims?|islamic|christians?|hindus?|jew(?:s|ish)?|buddhists?|sikhs?|catholics?|mormons?)(?! ${names})`,
    `religio(?:n|us)(?! (?:education|sister|${names}))`,
    '(?:with|in) (?:an? |the |her |his )?(?:hijab|head ?scarf|veil|burqa|niqab|turban)|veiled',
  ),
  {
    ...appearance(
      'disability',
      'disabled(?! (?:toilets?|access|parking|lift))|handicapped|crippled|retarded|autis(?:m|tic)|deaf[- ]mute',
      `mental(?:ly)? (?:ill|sick|slow|disabled|age)|special[- ]needs|wheelchair[- ]bound|suffers? from`,
      `(?:deaf|blind|mute|slow) ${person}|${somebodyIs} (?:deaf|blind|mute)`,
    ),
    // Style rule: a disability may be noted as a need for support, never as a reason.
    unless: /\b(?:interpreter|sign language|support|assistance|needs? (?:an?|some|help|more|his|her|to))\b/iu,
  },
  appearance(
    'identity',
    'gays?|lesbians?|homosexuals?|queer|trans(?:gender|sexual|vestite)?(?!-)|effeminate|tomboy',
  ),
  appearance(
    'money',
    `(?:poor|rich|wealthy) ${person}|${somebodyIs} (?:poor|rich|wealthy)`,
    '(?:from|in) (?:an? )?(?:very )?poor (?:home|family|country|area|village|place)',
    'poverty|slums?|beggars?|homeless(?! (?:shelter|charity|service))|low[- ]income',
    'cheap (?:hotel|motel|room)|one[- ]way tickets?|(?:few|no|little) (?:bags?|luggage)',
    '(?:paid|pays|paying)(?: \\w+){0,3} (?:in|with|by) cash',
  ),
  appearance(
    'family',
    "(?:do|does|did)(?: not|n't) (?:even )?look (?:alike|related|like (?:a |his |her |their )\\w+)|(?:un|not )related",
    '(?:different|another|other) (?:sur|family |last )names?|single (?:mother|father|parent)|mixed (?:family|couple)',
  ),
  {
    ...appearance(
      'family',
      'not (?:his|her|their) (?:real |own )?(?:child|children|kids?|daughter|son|father|mother|parents?)',
    ),
    // What a child says of it is a fact.
    unless: /\b(?:said|says?|told|tells?|asked|asks|shouted|whispered|cried|wrote)\b/iu,
  },
  finding('adult', 'traffickers?|pimps?|predators?|pa?edophiles?|groomers?|rapists?|kidnappers?|abusers?'),
  finding(
    'adult',
    'criminals?(?! (?:investigat|police|justice|intelligence)\\w*)|gangsters?|smugglers?|gangs?',
  ),
  finding(
    'child',
    `victims?(?!(?:'s|s'|')? (?:support|care|advoca\\w*|liaison|unit|desk|help\\w*|hotline|${names}))`,
    'slaves?|prostitut\\w*|runaways?|delinquents?',
  ),
  finding('crime', 'trafficked|kidnapp?ed|abducted|abused|groomed|enslaved|exploited(?! child)'),
  finding(
    'certainty',
    "obvious(?:ly)?|definitely|undoubtedly|without (?:a |any )?doubt|no doubt|guilty|liars?|i(?: am|'m) (?:sure|certain)",
    'clearly (?:an?|not|was|is|being|in|scared|afraid|frightened|nervous|controlled|forced|lying|drugged)',
    'must (?:be|have been) (?:an?|his|her|their)',
  ),
  finding(
    'suspicion',
    'suspicious(?:ly)?(?:[- ]looking)?|suspects?|suspected(?! human)|shady|dodgy|creep(?:y|s)|sketchy|weird(?:o|ly)?',
    `(?:strange|odd) ${person}`,
  ),
  finding('diagnosis', 'drugged|brainwashed|traumati[sz]ed|hypnoti[sz]ed'),
];

/**
 * The words of a text that describe how people are, or that judge; each once, in the order of the text. `extra` are
 * words that this case adds. Whole words, in any case of letters.
 */
export function judgingWords(text: string, extra: readonly string[] = []): readonly Judged[] {
  const straight = withPlainSigns(text);
  const found = [...RULES, ...extra.map(ownRule)]
    .filter(({ unless }) => !unless?.test(straight))
    .flatMap(({ pattern, topic, kind }) =>
      matchesOf(pattern, straight).map(({ 0: { length }, index }) => ({ index, length, topic, kind })),
    )
    .sort((a, b) => a.index - b.index || b.length - a.length);
  const apart = found.filter((each, at) =>
    found.slice(0, at).every(({ index, length }) => index + length <= each.index),
  );
  return eachOnce(
    apart.map(({ index, length, topic, kind }) => ({ text: text.slice(index, index + length), topic, kind })),
  );
}

/**
 * What a global pattern finds. `matchAll` would copy the pattern, and a copy is compiled anew whenever the engine has dropped what
 * it compiled last: 20 ms for all of these.
 */
function matchesOf(pattern: RegExp, text: string): RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    found.push(match);
    // The next search begins where this one ended, and a word of no letters would be found there for ever.
    if (match[0] === '') pattern.lastIndex += 1;
  }
  return found;
}

/** One fault however often the word is written. */
export function eachOnce(judged: readonly Judged[]): readonly Judged[] {
  const words = judged.map(({ text }) => text.toLowerCase());
  return judged.filter((_, at) => words.indexOf(words[at] ?? '') === at);
}

function appearance(topic: Topic, ...words: string[]): Rule {
  return { topic, kind: 'appearance', pattern: wholeWords(words.join('|')) };
}

function finding(topic: Topic, ...words: string[]): Rule {
  return { topic, kind: 'finding', pattern: wholeWords(words.join('|')) };
}

function ownRule(word: string): Rule {
  return appearance('case', withPlainSigns(word).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
}

/**
 * The text with its signs and blanks in ASCII, each as long as it was; letters, marks and digits stay. So a pattern need not know
 * Unicode: compiling those that do takes more than twice as long, each time anew once the engine has dropped them.
 */
const withPlainSigns = (text: string): string =>
  text
    .replace(/[‘’ʼ]/g, "'")
    .replace(/[^\p{ASCII}\p{L}\p{M}\p{N}]/gu, sign => (/\s/.test(sign) ? ' ' : '\0'.repeat(sign.length)));

/** A blank in a pattern is any blank space in the text. What is not ASCII in a text with plain signs belongs to a word. */
function wholeWords(words: string): RegExp {
  const spaced = words.replaceAll('[- ]', '[-\\s]').replace(/ /g, '\\s+');
  return new RegExp(`(?<![a-z0-9\\x80-\\uffff])(?:${spaced})(?![a-z0-9\\x80-\\uffff])`, 'gi');
}
