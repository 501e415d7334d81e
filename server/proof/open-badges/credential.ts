import type { ValidityRule } from './validity-rule.js';
import { achievementUrl, describeAchievement, LENGTH, type AchievedCourse } from './achievement.js';
import { issuerDid } from './did.js';
import { CERTIFICATE_CONTEXTS } from './document-loader.js';

/**
 * What a certificate says, fixed at the award. Times are epoch milliseconds; `credentialId` and
 * `subjectId` are random UUIDs made for this certificate alone (never a user's id); `minutes` is the
 * planned length of the course; percentages are whole numbers.
 */
export type AwardFacts = {
  credentialId: string;
  subjectId: string;
  name: string;
  course: AchievedCourse;
  organisationName: string;
  awardedAt: number;
  validUntil: number | null;
  /** What the end was computed from, besides the award and the time zone. Older awards have none. */
  validity?: { rule: ValidityRule; previousEnd: string | null };
  modules: readonly { id: string; title: string; percent: number; requiredPercent: number }[];
  minutes: number;
  /** The shorter path of those who renew, where it was taken. */
  path?: 'renewal';
  assurance: Assurance;
  /** IANA name: the paper prints dates in this zone. Older awards have none. */
  timeZone?: string;
  baseUrl: string;
  issuerName: string;
  statusList: { id: number; index: number };
};

/**
 * Who vouches for the name: the holder alone, the employer that has it in its list of people, or somebody responsible who approved
 * it. `employer`: an older award, whose name nobody compared with anything.
 */
export type Assurance = 'holder' | 'listed' | 'approved' | 'employer';

export type UnsignedCredential = ReturnType<typeof buildCredential>;

const SCHEMA =
  'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json';

/**
 * The certificate as an Open Badges 3.0 credential, before it is signed. `type` and `credentialSchema` are arrays because
 * the 1EdTech schema refuses single values there.
 * @throws RangeError when it would end before it begins, or when a text is not valid Unicode.
 */
export function buildCredential(facts: AwardFacts) {
  const { validUntil, awardedAt } = facts;
  if (validUntil !== null && validUntil <= awardedAt)
    throw new RangeError('The end date of a certificate must be after its award');
  return inNormalForm({
    '@context': [...CERTIFICATE_CONTEXTS] as string[],
    id: `urn:uuid:${facts.credentialId}`,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: facts.course.title,
    issuer: issuer(facts),
    validFrom: timestamp(awardedAt),
    awardedDate: timestamp(awardedAt),
    ...(validUntil !== null && { validUntil: timestamp(validUntil) }),
    credentialSubject: subject(facts),
    credentialStatus: status(facts),
    credentialSchema: [{ id: SCHEMA, type: '1EdTechJsonSchemaValidator2019' }],
  });
}

/** The address of a status list. It can never change: every certificate contains it, signed. */
export function statusListUrl(baseUrl: string, listId: number): string {
  return `${baseUrl}/status/revocation/${listId}`;
}

/** An instant as the credential data model writes it: UTC, whole seconds (rounded down). */
export function timestamp(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
}

function issuer({ baseUrl, issuerName }: AwardFacts) {
  return { id: issuerDid(baseUrl), type: ['Profile'], name: issuerName, url: `${baseUrl}/issuer` };
}

function subject(facts: AwardFacts) {
  const url = achievementUrl(facts.baseUrl, facts.course, facts.path);
  return {
    id: `urn:uuid:${facts.subjectId}`,
    type: ['AchievementSubject'],
    identifier: [{ type: 'IdentityObject', hashed: false, identityHash: facts.name, identityType: 'name' }],
    activityEndDate: timestamp(facts.awardedAt),
    narrative: narrative(facts),
    achievement: describeAchievement(facts, url),
    result: [
      ...facts.modules.map(({ id, percent }) => result(url, id, percent)),
      result(url, LENGTH, facts.minutes),
    ],
  };
}

const result = (url: string, id: string, value: number) => ({
  type: ['Result'],
  resultDescription: `${url}#${id}`,
  value: String(value),
});

/** What older awards say, signed, of every name in an organisation of its own, though nobody had compared it. */
export const UNCHECKED = 'The name was stated by the employer.';
/** What is said instead: no more than was checked. It is true of a name that was approved later, too. */
export const NOT_COMPARED = 'The name was not compared with the employer’s list of people.';

const NAMED: Readonly<Record<Assurance, string>> = {
  holder: 'The holder gave this name. It was not checked against an ID.',
  listed: 'The name is the one in the employer’s list of people.',
  approved: 'The holder gave this name, and a training manager approved it.',
  employer: NOT_COMPARED,
};

function narrative({ minutes, assurance, organisationName }: AwardFacts): string {
  return (
    `Course length: about ${minutes} minutes. Arranged by ${asPlainText(organisationName)}. ` +
    `${NAMED[assurance]} The online test was not supervised.`
  );
}

/** Wallets render narratives as Markdown: a name that we did not write must not become a link there. */
function asPlainText(text: string): string {
  return text.replace(/[\\`*_[\]<>~|]/g, '\\$&');
}

/** One object, since the Open Badges schema allows no array here. To lift a suspension, a certificate is reissued. */
function status({ baseUrl, statusList }: AwardFacts) {
  const list = statusListUrl(baseUrl, statusList.id);
  return {
    id: `${list}#${statusList.index}`,
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: String(statusList.index),
    statusListCredential: list,
  };
}

/** NFC in every string: one name must not have two spellings, and so two signatures. */
function inNormalForm<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_key, part: unknown) =>
    typeof part === 'string' ? nfc(part) : part,
  ) as T;
}

function nfc(text: string): string {
  if (/\p{Surrogate}/u.test(text)) throw new RangeError('A text contains an unpaired surrogate');
  return text.normalize('NFC');
}
