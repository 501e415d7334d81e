/** A wording that the style forbids (`must`) or asks to reconsider in context (`may`), and what to write instead. */
export type WordingRule = { pattern: RegExp; use: string; strength: 'must' | 'may' };

const must = (pattern: RegExp, use: string): WordingRule => ({ pattern, use, strength: 'must' });
const may = (pattern: RegExp, use: string): WordingRule => ({ pattern, use, strength: 'may' });

/** A text that quotes an old official title says so with these words, and is then allowed. */
export const titleNote = 'older wording in the official title';

/** The words of the style rules, section 1 and 2, as data. Source of the first rows: Luxembourg Guidelines, 2016 and 2025. */
export const wordingRules: readonly WordingRule[] = [
  must(
    /\bchild(?:ren)?(?:['’]s)? prostitut\w*|\bprostituted (?:child|girl|boy|teen)\w*|\bteen sex worker/i,
    'child victim of exploitation in prostitution',
  ),
  must(/\bporn\w*/i, 'child sexual abuse material'),
  must(/\bsex touris\w*/i, 'sexual exploitation of children in travel and tourism'),
  must(/\bpimps?\b/i, 'the adult, the person of concern; trafficker only after a finding'),
  must(/\bchild brides?\b/i, 'child forced into marriage'),
  must(/\bpromiscuous\b/i, 'exploited child'),
  must(/\bmodern[- ]day slaves?\b|\bsex slaves?\b/i, 'person in modern slavery'),
  must(
    /\billegal (?:immigrant|child|alien)\w*|\billegals\b|\bunaccompanied aliens?\b|\banchor bab\w*/i,
    'child without papers',
  ),
  must(
    /\bdrug mules?\b|\bbeggar child\w*|\bchild beggars?\b/i,
    'child used to carry drugs; child made to beg',
  ),
  must(
    /\bStockholm syndrome\b|\btrauma[- ]bond\w*|\bbrainwash\w*/i,
    'may feel attached to; may protect; controlled by',
  ),
  must(/\b(?:real|genuine|perfect) victims?\b/i, 'child'),
  must(
    /\brunaways?\b|\babsconders?\b|\bstreet (?:child\w*|kids?)\b/i,
    'child missing from home or care; child living on the street',
  ),
  must(/\bsurvival sex\b|\bsugar dadd\w*/i, 'sexual exploitation in exchange for shelter, food or money'),
  must(/\bthird[- ]world\b|\bhot ?spot countr\w*/i, 'the name of the place, only if needed and sourced'),
  must(/\bcybersex\b|\bwebcam shows?\b/i, 'live-streamed child sexual abuse'),
  must(
    /\bnude selfies?\b|\bonline predators?\b|\bcatfish\w*/i,
    'images a child was pressured into making; person who contacts a child in order to exploit',
  ),
  must(
    /\bwheelchair-bound\b|\bmental age\b|\blow-functioning\b|\bsuffers? from\b/i,
    'uses a wheelchair; disabled child; has',
  ),
  must(
    /\blost innocence\b|\b(?:ruined|destroyed|damaged|broken) (?:life|lives|child\w*|girls?|boys?|survivors?)\b/i,
    'affected; living with the effects; recovering',
  ),
  must(
    /\bmerchandise\b|\bsupply of (?:children|girls|boys)\b|\bstock of (?:children|girls|boys)\b/i,
    'exploited; treated as goods',
  ),
  must(/\bbuyers? of (?:a )?(?:child\w*|girls?|boys?)\b/i, 'person who sexually exploits a child'),
  must(/\bthe law says\b/i, 'name the system: under the UN Protocol; in your country pack'),
  must(/\b(?:all|none) of the above\b/i, 'three options that can each stand alone'),
  must(/\bred flags?\b|\bgut feelings?\b/i, 'sign; what you notice'),
  must(
    /\b(?:100,000|300,000)\b|\b71 ?(?:%|per cent)|\b(?:20|twenty) times\b/i,
    'no figure: this one must never be used (F265)',
  ),
  may(
    /\brescu\w*|\bsaviours?\b|\bsave (?:her|him|them|children|(?:a|the|this|that) (?:child|girl|boy|victim))\b/i,
    'leave exploitation; be made safe; be found; be protected',
  ),
  may(/\bwilling(?:ly)?\b|\bconsenting\b/i, 'appeared to agree'),
  may(/\bclients?\b|\bjohns?\b/i, 'offender; person who sexually exploits a child'),
  may(/\bsold\b/i, 'exploited'),
  may(/\b(?:child|girl|boy|she|he|they) (?:claims?|admits?|confess(?:es)?|alleges?)\b/i, 'says, told, said'),
  may(/\bcredible\b/i, 'what the child said'),
  may(/\bsuspect(?:s|ed(?! human trafficking))?\b/i, 'concern; person of concern'),
  may(/\bspotted\b|\bvictim found\b/i, 'what I saw; a concern'),
  may(/\bgroom(?:ing|ed|s)?\b/i, 'building trust in order to exploit'),
  may(/\bsextort\w*|\bsexting\b/i, 'threats to share images'),
  may(/(?<!["“'‘])\bself-generated\b/i, '“self-generated”, in quotation marks, once'),
  may(
    /\bfight(?:s|ing)?\b|\bbattles?\b|\bhunt(?:s|ing)?\b|\bfront line\b|\bfrontline(?! staff)\b/i,
    'a plain word, no image of war or sport',
  ),
  may(
    /\b(?:high|at)-risk\b|\bvulnerable (?:child\w*|victims?|people|culture)\b/i,
    'child facing risk; risk around the child',
  ),
  may(/\bminors?\b/i, 'child; young person'),
  may(/\blifestyles?\b|\bbiologically\b/i, 'leave it out'),
  may(/\bspecial (?:child\w*|needs)\b|\bnormal child\w*/i, 'disabled child; other children'),
  may(/\bimagine (?:if|that) (?:it|she|he|this)\b/i, 'no shock and no guilt'),
];
