import { pino, type DestinationStream, type Logger } from 'pino';

export type { Logger };

/**
 * The process logger: one JSON line an event on standard output. Callers pass ids, never addresses, names,
 * cookies or bodies; the redaction list is the second line of defence, not the first.
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: {
      paths: ['email', '*.email', 'password', '*.password', 'token', '*.token', 'cookie', '*.cookie'],
      censor: '…',
    },
  };
  return destination ? pino(options, destination) : pino(options);
}
