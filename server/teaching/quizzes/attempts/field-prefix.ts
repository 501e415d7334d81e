/**
 * A page with many questions is one form. Each question's fields have a name of their own there, `s3-choice` for the
 * `choice` of slot 3, so that the types of question need not know which page they are on.
 */
export const prefixOf = (slot: number): string => `s${slot}-`;

/** The fields of one slot, named as its type names them. Anything may be sent; what is no object has no fields. */
export function subForm(form: unknown, slot: number): Record<string, unknown> {
  const prefix = prefixOf(slot);
  const own = Object.entries(form ?? {}).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(own.map(([name, value]) => [name.slice(prefix.length), value as unknown]));
}
