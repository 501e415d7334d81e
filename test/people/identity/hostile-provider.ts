import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const key = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const otherKey = generateKeyPairSync('ec', { namedCurve: 'P-256' });

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token as a provider signs it; with another's key, or with none. `typ`: what it says that it is. */
export function token(claims: object, how: 'signed' | 'foreign' | 'none' = 'signed', typ?: string): string {
  const head = how === 'none' ? { alg: 'none' } : { alg: 'ES256', kid: 'k', typ };
  const text = `${part(head)}.${part(claims)}`;
  if (how === 'none') return `${text}.`;
  const { privateKey } = how === 'foreign' ? otherKey : key;
  return `${text}.${sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

/** What was asked at the token endpoint. */
interface Asked {
  readonly body: URLSearchParams;
}

/** A provider that answers with whatever `answer` makes of it: another ID token, an error, or no JSON at all. */
export interface HostileProvider {
  readonly base: string;
  answer: (nonce: string) => { status?: number; type?: string; body: string };
  /** What it was asked last. */
  asked: Asked | null;
  close(): Promise<void>;
}

export async function hostileProvider(): Promise<HostileProvider> {
  const server = createServer();
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () => new Promise<void>(done => void server.close(() => done()));
  const open: HostileProvider = { base, answer: () => ({ body: '{}' }), asked: null, close };
  const documents: Record<string, object> = {
    '/.well-known/openid-configuration': described(base),
    '/other/.well-known/openid-configuration': described(base),
    '/keys': { keys: [{ ...key.publicKey.export({ format: 'jwk' }), kid: 'k', use: 'sig', alg: 'ES256' }] },
  };
  server.on('request', (req, res) => {
    const document = documents[req.url ?? ''];
    if (document)
      return void res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document));
    let body = '';
    req.on('data', (more: Buffer) => (body += more.toString()));
    req.on('end', () => {
      open.asked = { body: new URLSearchParams(body) };
      const {
        status = 200,
        type = 'application/json',
        body: said,
      } = open.answer(open.asked.body.get('code') ?? '');
      res.writeHead(status, { 'content-type': type }).end(said);
    });
  });
  return open;
}

const described = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/auth`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/keys`,
  end_session_endpoint: `${issuer}/end`,
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['ES256'],
  code_challenge_methods_supported: ['S256'],
});

/** The challenge that a verifier answers (RFC 7636). */
export const challengeOf = (verifier: string): string =>
  createHash('sha256').update(verifier).digest('base64url');
