import { emailField, nameField } from '../../accounts/account-fields.js';
import type { Addressee } from './send-links.js';

const name = nameField('errors.name-of-person');

/** One on a line, as mail programs write them: `ada@example.org`, or `Ada Marlow <ada@example.org>`. */
const LINE = /^(?:"?([^"<>]*?)"?\s*<([^<>]+)>|([^<>]+))$/u;

/** The addresses in a text, each once, and the lines in which there is none. */
export function readAddressees(text: string): { to: Addressee[]; wrong: string[] } {
  const lines = text.split(/[\n;,]+/u).map(line => line.trim());
  const read = lines.filter(Boolean).map(line => ({ line, to: readLine(line) }));
  // Of an address that is there twice, once with a name, the name counts.
  const named = read.flatMap(each => each.to ?? []).sort((one, other) => one.name.length - other.name.length);
  const to = new Map(named.map(each => [each.email, each]));
  return { to: [...to.values()], wrong: read.flatMap(each => (each.to ? [] : each.line)) };
}

function readLine(line: string): Addressee | null {
  const [, called = '', bracketed, bare] = LINE.exec(line) ?? [];
  const email = emailField.safeParse(bracketed ?? bare ?? '');
  const named = called === '' ? { success: true as const, data: '' } : name.safeParse(called);
  return email.success && named.success ? { email: email.data, name: named.data } : null;
}
