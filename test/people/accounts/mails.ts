import type { ParsedMail } from 'mailparser';
import { world } from '../../support/world.js';

/** All mail to an address, after everything that is due has been sent. */
export async function mailsTo(address: string): Promise<ParsedMail[]> {
  await world().worker.drain();
  return world().mailbox.to(address);
}

/** Path and query of the link in the newest mail to an address. */
export async function linkMailedTo(address: string): Promise<string> {
  const mail = (await mailsTo(address)).at(-1);
  const link = /https?:\/\/\S+\?token=[\w-]+/.exec(mail?.text ?? '')?.[0];
  if (!link) throw new Error(`No link was mailed to ${address}: ${mail?.subject ?? 'no mail'}`);
  const { pathname, search } = new URL(link);
  return pathname + search;
}

/** The secret text in a link. */
export const tokenIn = (link: string): string => new URLSearchParams(link.split('?')[1]).get('token') ?? '';
