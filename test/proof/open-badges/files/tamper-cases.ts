import { strangerText, signedBy, type Loose } from './forging.js';

/** What an attack starts from: two certificates of ours, and the DID of the issuer. */
export interface Target {
  readonly text: string;
  readonly another: string;
  readonly did: string;
}

/**
 * An attack by somebody who has a genuine file and none of our keys. `verdict` is what our verifier must say;
 * `library` what `@digitalbazaar/vc` says, given the same keys, lists and contexts: `verified: true` or not.
 */
export interface TamperCase {
  readonly name: string;
  readonly forge: (target: Target) => string | Promise<string>;
  readonly verdict: 'altered' | 'not-ours';
  readonly library: 'accepts' | 'refuses';
}

type Change = (document: Loose) => Loose | void;

const changed =
  (change: Change) =>
  ({ text }: Target): string => {
    const document = JSON.parse(text) as Loose;
    return JSON.stringify(change(document) ?? document);
  };

const part = (of: Loose, key: string) => of[key] as Loose;
const proofs = (of: Loose) => of['proof'] as Loose[];
const subject = (of: Loose) => part(of, 'credentialSubject');
const achievement = (of: Loose) => part(subject(of), 'achievement');
const context = (of: Loose) => of['@context'] as unknown[];
const set =
  (key: string, value: unknown): Change =>
  document =>
    void (document[key] = value);
const without =
  (key: string): Change =>
  document =>
    void delete document[key];
const renamed =
  (key: string, to: string): Change =>
  ({ [key]: value, ...rest }) => ({ ...rest, [to]: value });
const VC = 'https://www.w3.org/2018/credentials#';
const ALIAS = { standing: { '@id': `${VC}credentialStatus`, '@type': '@id' } };
const DATE_TIME = 'http://www.w3.org/2001/XMLSchema#dateTime';
const flipped = (value: unknown) => String(value).replace(/.$/, last => (last === 'a' ? 'b' : 'a'));

const simple = (name: string, change: Change, library: TamperCase['library'] = 'refuses'): TamperCase => ({
  name,
  forge: changed(change),
  verdict: 'altered',
  library,
});

/** Each fact that somebody may want to be otherwise. */
const facts: TamperCase[] = [
  simple(
    'another name',
    d => void ((subject(d)['identifier'] as Loose[])[0]!['identityHash'] = 'Eve Marlow'),
  ),
  simple('a better result', d => void ((subject(d)['result'] as Loose[])[0]!['value'] = '99')),
  simple('another course', d => void (achievement(d)['name'] = 'Investigator')),
  simple('another course address', d => void (achievement(d)['id'] = 'https://evil.example/achievements/x')),
  simple(
    'a claim of competence',
    d => void (subject(d)['narrative'] = 'Is qualified to interview children.'),
  ),
  simple('an earlier award', set('validFrom', '2020-01-01T00:00:00Z')),
  simple('a later end', set('validUntil', '2099-01-01T00:00:00Z')),
  simple('no end', without('validUntil')),
  simple('no status', without('credentialStatus')),
  simple('another place in the list', d => void (part(d, 'credentialStatus')['statusListIndex'] = '1')),
  simple(
    'another list',
    d => void (part(d, 'credentialStatus')['statusListCredential'] = 'https://evil.example/l'),
  ),
  simple('another name of the issuer', d => void (part(d, 'issuer')['name'] = 'Ministry of Transport')),
  simple('no schema', without('credentialSchema')),
  simple('another id', set('id', 'urn:uuid:00000000-0000-4000-8000-000000000000')),
  simple('another type', d => void (d['type'] as string[]).push('EndorsementCredential')),
  simple(
    'a second holder',
    d => void (d['credentialSubject'] = [subject(d), { type: ['AchievementSubject'] }]),
  ),
  simple('a known term more', set('description', 'With distinction')),
  simple('an unknown term', set('grade', 'A')),
  simple(
    'a key of the language',
    d => JSON.parse(`{"__proto__":{"a":1},${JSON.stringify(d).slice(1)}`) as Loose,
    'accepts',
  ),
];

/** What carries the proof. */
const signatures: TamperCase[] = [
  simple('no proof', without('proof')),
  simple('an empty list of proofs', set('proof', [])),
  simple('the first proof alone', d => void (d['proof'] = [proofs(d)[0]]), 'accepts'),
  simple('the second proof alone', d => void (d['proof'] = [proofs(d)[1]]), 'accepts'),
  simple('a proof thrice', d => void proofs(d).push(proofs(d)[0]!), 'accepts'),
  simple('both signatures flipped', d =>
    proofs(d).forEach(p => void (p['proofValue'] = flipped(p['proofValue']))),
  ),
  simple(
    'the strict signature flipped',
    d => void (proofs(d)[1]!['proofValue'] = flipped(proofs(d)[1]!['proofValue'])),
    'accepts',
  ),
  simple('another day of signing', d => proofs(d).forEach(p => void (p['created'] = '2020-01-01T00:00:00Z'))),
  simple('another purpose', d => proofs(d).forEach(p => void (p['proofPurpose'] = 'authentication'))),
  simple('a proof with an end', d => void (proofs(d)[0]!['expires'] = '2000-01-01T00:00:00Z'), 'accepts'),
  {
    name: 'the proofs of another certificate',
    forge: ({ text, another }) =>
      JSON.stringify({ ...(JSON.parse(text) as Loose), proof: (JSON.parse(another) as Loose)['proof'] }),
    verdict: 'altered',
    library: 'refuses',
  },
  {
    name: 'a forged second proof',
    forge: async ({ text }) => {
      const document = JSON.parse(text) as Loose;
      const [, forged] = proofs(JSON.parse((await strangerText('thief', text)).text) as Loose);
      return JSON.stringify({ ...document, proof: [proofs(document)[0], forged] });
    },
    verdict: 'altered',
    library: 'accepts',
  },
  {
    name: 'both proofs by a stranger, in our name',
    forge: ({ text, did }) => signedBy('thief', did, JSON.parse(text) as Loose),
    verdict: 'altered',
    library: 'refuses',
  },
];

/**
 * Other ways to say the same, or less, that linked data allows and readers miss. `eddsa-jcs-2022` itself lets
 * contexts be added at the end (W3C VC Data Integrity EdDSA, 3.3.2: it goes back to those of the proof).
 */
const spellings: TamperCase[] = [
  simple(
    'the status under its full address',
    renamed('credentialStatus', `${VC}credentialStatus`),
    'accepts',
  ),
  simple(
    'the end under its full address',
    ({ validUntil, ...rest }) => ({
      ...rest,
      [`${VC}validUntil`]: { '@type': DATE_TIME, '@value': validUntil },
    }),
    'accepts',
  ),
  simple(
    'the status under an alias',
    d => ({ ...renamed('credentialStatus', 'standing')(d), '@context': [...context(d), ALIAS] }),
    'accepts',
  ),
  simple(
    'an inline context that nothing uses',
    d => void context(d).push({ x: 'https://evil.example/x' }),
    'accepts',
  ),
  simple('a remote context', d => void context(d).push('https://evil.example/context'), 'accepts'),
  simple('the contexts in another order', d => void context(d).reverse()),
  simple(
    'a vocabulary for all words',
    d => void context(d).push({ '@vocab': 'https://evil.example/' }),
    'accepts',
  ),
  {
    name: 'a key twice, the forged one first',
    forge: ({ text }) => text.replace('"validUntil"', '"validUntil":"2099-01-01T00:00:00Z","validUntil"'),
    verdict: 'altered',
    library: 'accepts',
  },
  {
    name: 'a letter as an escape',
    forge: ({ text }) => text.replace('"validUntil"', '"valid\\u0055ntil"'),
    verdict: 'altered',
    library: 'accepts',
  },
  {
    name: 'laid out anew',
    forge: ({ text }) => JSON.stringify(JSON.parse(text), null, 2),
    verdict: 'altered',
    library: 'accepts',
  },
];

/** Others in our clothes. */
const clothes: TamperCase[] = [
  {
    name: 'a look-alike issuer with our name',
    forge: async ({ text }) => {
      const { credentialStatus: _status, ...free } = JSON.parse(text) as Loose;
      return (await strangerText('thief', JSON.stringify(free))).text;
    },
    verdict: 'not-ours',
    library: 'accepts',
  },
  simple(
    'our issuer in capitals',
    d => void (part(d, 'issuer')['id'] = String(part(d, 'issuer')['id']).toUpperCase()),
  ),
  simple('an issuer list', d => void (d['issuer'] = [d['issuer']])),
];
const strangers = clothes.map(each => ({ ...each, verdict: 'not-ours' as const }));

export const tamperCases: readonly TamperCase[] = [...facts, ...signatures, ...spellings, ...strangers];
