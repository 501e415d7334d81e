import { parseArgs } from 'node:util';
import {
  compromiseKey,
  listKeys,
  retireKey,
  rotateKey,
  type KeyDeps,
  type KeyState,
} from './signing-keys.js';
import { reissueProgress } from '../lifecycle/reissue-after-compromise.js';

/**
 * `keys list | rotate | retire KEY | compromise KEY`, at the command line. What cannot be undone needs `--yes`.
 * A server that runs takes note before its next signature. Returns the exit code.
 */
export async function runKeys(args: string[], deps: KeyDeps, say: (line: string) => void): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { yes: { type: 'boolean', default: false } },
  });
  const [verb, key = ''] = positionals;
  const by = { actorId: null, now: Date.now() };
  if (verb === 'list') return list(say);
  if (verb === 'rotate') {
    const [inUse] = (await listKeys()).filter(each => each.inUse);
    say(`in use now: ${await rotateKey(inUse?.id ?? '', deps, by)}`);
    return 0;
  }
  if (verb !== 'retire' && verb !== 'compromise')
    throw new Error('keys: use list, rotate, retire KEY or compromise KEY');
  if (!(await listKeys()).some(({ id }) => id === key))
    throw new Error(`There is no key "${key}": "keys list" shows them`);
  if (!values.yes) {
    say(WARNINGS[verb]);
    return 2;
  }
  await (verb === 'retire' ? retireKey(key, deps, by) : compromiseKey(key, deps, by));
  say(DONE[verb]);
  return 0;
}

const WARNINGS = {
  retire:
    'The private half of this key will be deleted. What it signed is still trusted. Repeat the command with --yes to do it.',
  compromise:
    'Nothing that this key signed will be trusted any more, and every certificate under it will be reissued. ' +
    'This cannot be undone. Repeat the command with --yes to do it.',
} as const;

const DONE = {
  retire: 'Retired. What it signed is still trusted.',
  compromise:
    'No longer trusted. The server is reissuing the certificates under it: "keys list" shows its progress.',
} as const;

async function list(say: (line: string) => void): Promise<number> {
  for (const key of await listKeys()) {
    say(`${key.id}  ${await stateOf(key)}  ${key.signed} certificates  since ${day(key.createdAt)}`);
  }
  return 0;
}

async function stateOf({ id, inUse, retiredAt, compromisedAt }: KeyState): Promise<string> {
  if (compromisedAt !== null) {
    const { done, waiting } = await reissueProgress(id);
    return `compromised ${day(compromisedAt)} (${done} reissued, ${waiting} waiting)`;
  }
  if (retiredAt !== null) return `retired ${day(retiredAt)}`;
  return inUse ? 'in use' : 'no longer in use';
}

const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
