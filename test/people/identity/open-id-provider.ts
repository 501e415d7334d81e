import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Adapter, type AdapterPayload } from 'oidc-provider';

/** Somebody at work, as the provider knows them. */
export interface Colleague {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly name?: string;
  readonly groups?: readonly string[];
}

export const CLIENT = { id: 'safe-passage', secret: 'a secret of this test, and of nobody else' };

/** A real provider on this machine, at which `who` has signed in. */
export interface OpenProvider {
  readonly base: string;
  who: Colleague;
  close(): Promise<void>;
}

/** One that sends people back to `answer`. */
export async function openIdProvider(answer: string): Promise<OpenProvider> {
  const server = createServer();
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () => new Promise<void>(done => void server.close(() => done()));
  const open: OpenProvider = { base, who: { sub: 'nobody' }, close };
  const provider = new Provider(
    base,
    settings(answer, () => open.who),
  );
  const answers = provider.callback();
  server.on('request', (req, res) => {
    if (!req.url?.startsWith('/interaction/')) return void answers(req, res);
    void provider.interactionFinished(req, res, { login: { accountId: open.who.sub } });
  });
  return open;
}

/** What a provider remembers. All of them share it: their ids are random. */
const kept = new Map<string, AdapterPayload>();

class Kept implements Adapter {
  upsert = (id: string, payload: AdapterPayload) => Promise.resolve(void kept.set(id, payload));
  find = (id: string) => Promise.resolve(kept.get(id));
  findByUid = (uid: string) => Promise.resolve([...kept.values()].find(each => each.uid === uid));
  findByUserCode = () => Promise.resolve(undefined);
  destroy = (id: string) => Promise.resolve(void kept.delete(id));
  revokeByGrantId = () => Promise.resolve();
  consume = (id: string) => Promise.resolve(void Object.assign(kept.get(id) ?? {}, { consumed: 1 }));
}

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** Longer than any run (s): a page is looked at long after it was prepared. */
const DAY = 86_400;

const settings = (answer: string, who: () => Colleague): ConstructorParameters<typeof Provider>[1] => ({
  clients: [
    {
      client_id: CLIENT.id,
      client_secret: CLIENT.secret,
      redirect_uris: [answer],
      id_token_signed_response_alg: 'ES256',
    },
  ],
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig' }] },
  cookies: { keys: ['a key of this test'] },
  scopes: ['openid', 'email', 'profile', 'groups'],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
  features: { devInteractions: { enabled: false } },
  findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ ...who(), sub }) }),
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client?.clientId ?? '',
      accountId: ctx.oidc.session?.accountId ?? '',
    });
    grant.addOIDCScope('openid email profile groups');
    await grant.save();
    return grant;
  },
  pkce: { required: () => true },
  adapter: Kept,
  ttl: { Interaction: DAY, Grant: DAY, Session: DAY, AuthorizationCode: DAY, AccessToken: DAY, IdToken: DAY },
});
