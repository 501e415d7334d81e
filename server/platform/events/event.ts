/** What the log of events can be narrowed to. */
export const LOG_KINDS = [
  'accounts',
  'organisations',
  'people',
  'roles',
  'requirements',
  'courses',
  'learning',
  'certificates',
  'exports',
  'keys',
  'operation',
] as const;
export type LogKind = (typeof LOG_KINDS)[number];

/** An event that can be recorded: where the log lists it, whose it is to read, and (for the compiler alone) its payload. */
export interface DeclaredEvent<Payload extends object = object> {
  readonly kind: LogKind;
  readonly isPrivate: boolean;
  readonly payload?: Payload;
}

/** An event with this payload, of this kind in the log. */
export const event = <Payload extends object>(kind: LogKind): DeclaredEvent<Payload> => ({
  kind,
  isPrivate: false,
});

/**
 * As `event`. An organisation does not read it in its log: people show a certificate, turn off reminders and practise for
 * themselves alone.
 */
export const privateEvent = <Payload extends object>(kind: LogKind): DeclaredEvent<Payload> => ({
  kind,
  isPrivate: true,
});

/** The events that one slice records, by their names. */
export type DeclaredEvents = Readonly<Record<string, DeclaredEvent>>;

/** The payload of each of these events. */
export type PayloadsOf<Events extends DeclaredEvents> = {
  [Name in keyof Events]: Events[Name] extends DeclaredEvent<infer Payload> ? Payload : never;
};
