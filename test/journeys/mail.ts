import { world } from '../support/world.js';

/** Path and query of the link in the newest mail to an address. */
export async function mailedLink(address: string, path: string): Promise<string> {
  await world().worker.drain();
  const text = world().mailbox.to(address).at(-1)?.text ?? '';
  const link = text.split(/\s+/).find(word => URL.canParse(word) && new URL(word).pathname === path);
  if (!link) throw new Error(`No link to ${path} was mailed to ${address}`);
  const { pathname, search } = new URL(link);
  return pathname + search;
}
