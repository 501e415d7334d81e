import type { Request } from 'express';
import type { WebDeps } from '../../../../platform/http/deps.js';
import { cookieName } from '../../../../platform/http/security/cookies.js';
import { sessionIdOf } from '../../../../platform/http/security/session-cookie.js';
import { sha256 } from '../../../../platform/lib/tokens.js';
import { siteAt, type Ceremony } from './ceremonies.js';
import { newChallenge } from './challenges.js';
import type { PasskeyAnswer } from './prove-passkey.js';

/** The longest answer that a passkey gives, with room to spare (characters of JSON). */
const LONGEST = 20_000;

/** The field in which an answer comes: of a passkey that signs, or of one that was made. One does not end the question to the other. */
type AnswerField = 'passkey' | 'credential';

/** Ask this browser something that it was not asked before. */
export const askPasskey = async (
  deps: WebDeps,
  req: Request,
  field: AnswerField = 'passkey',
): Promise<Ceremony> => ({
  challenge: await newChallenge(holderOf(deps, req, field), deps.clock()),
  site: siteAt(deps.config.baseUrl),
});

/** The answer of a passkey in a form's field; null where there is none. */
export function passkeyAnswer(
  deps: WebDeps,
  req: Request,
  field: AnswerField = 'passkey',
): PasskeyAnswer | null {
  const answer = (req.body as Record<string, unknown> | undefined)?.[field];
  if (typeof answer !== 'string' || answer === '' || answer.length > LONGEST) return null;
  const site = siteAt(deps.config.baseUrl);
  return { answer, holder: holderOf(deps, req, field), site, now: deps.clock() };
}

/** Who is asked: a session, or before there is one the browser, by the token of its forms. */
const holderOf = ({ config }: WebDeps, req: Request, field: AnswerField): string => {
  const cookies = req.cookies as Record<string, string | undefined>;
  return sha256(`asked for a ${field} ${sessionIdOf(req) || cookies[cookieName(config, 'form')] || ''}`);
};
