import type { DeclaredEvent, DeclaredEvents, LogKind } from './event.js';
import type { EventName } from './event-payloads.js';

let declared: ReadonlyMap<string, DeclaredEvent> | null = null;

/** Composition calls this once: what each slice records. Throws where two declare the same event. */
export function installEvents(slices: readonly DeclaredEvents[]): void {
  const all = slices.flatMap(events => Object.entries(events));
  const found = new Map(all);
  if (found.size < all.length) throw new Error('An event is declared twice');
  declared = found;
}

/** The names of the events of a kind, or of all kinds. */
export const namesOfKind = (kind: LogKind | ''): EventName[] =>
  namesOf(each => kind === '' || each.kind === kind);

/** The names of the events that only the person themselves and the installation read. */
export const privateEvents = (): EventName[] => namesOf(({ isPrivate }) => isPrivate);

function namesOf(isWanted: (each: DeclaredEvent) => boolean): EventName[] {
  if (!declared) throw new Error('No events are installed');
  return [...declared].flatMap(([name, each]) => (isWanted(each) ? [name as EventName] : []));
}
