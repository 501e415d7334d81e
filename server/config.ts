import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** The folder that holds package.json, found from here: this file runs from `server/` and from `dist/server/`. */
export const projectRoot = findRoot(dirname(fileURLToPath(import.meta.url)));

const url = (protocols: string[]) =>
  z.string().refine(text => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `must be an address that starts with ${protocols.map(protocol => `${protocol}//`).join(' or ')}`,
  });

const settings = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('production'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port number, for example 3000')
    .default('3000')
    .transform(Number)
    .refine(port => port <= 65535, { error: 'must be at most 65535' }),
  BASE_URL: url(['http:', 'https:']).optional(),
  TRUST_PROXY: z
    .string()
    .regex(/^\d$/, 'must be the number of proxies in front of this server, for example 1')
    .default('0')
    .transform(Number),
  DATA_DIR: z.string().min(1).default('data'),
  DATABASE_URL: z
    .string()
    .regex(/^(postgres(ql)?:\/\/|sqlite:)/, 'must start with postgres:// or sqlite:')
    .optional(),
  SECRET_KEY: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/, 'must be 64 hexadecimal digits (make one with: openssl rand -hex 32)')
    .optional(),
  SMTP_URL: url(['smtp:', 'smtps:']).optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]+@[^\r\n]+$/, 'must be an e-mail address, for example Training <training@example.org>')
    .default('Safe Passage <training@localhost>'),
  CONTACT_EMAIL: z.email('must be an e-mail address, for example training@example.org').optional(),
  ISSUER_NAME: z.string().min(1).max(120).default('Safe Passage'),
  DESIGN_PAGE: z.enum(['yes', 'no']).optional(),
  TIME_ZONE: z
    .string()
    .refine(isTimeZone, { error: 'must be a time zone such as Europe/Oslo' })
    .default('UTC'),
  TRUSTED_ISSUERS: z
    .string()
    .default('')
    .transform(text => text.split(/[\s,]+/).filter(Boolean))
    .refine(domains => domains.every(domain => /^[a-z0-9.-]+(:\d{1,5})?$/.test(domain)), {
      error: 'must be domains with a comma between them, for example training.example.org, example.net',
    }),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
});

/** Cookies for HTTPS are given only where the proxy's word on it is believed: without, nobody could sign in. */
const schema = settings.refine(
  ({ BASE_URL, TRUST_PROXY }) => !(BASE_URL?.startsWith('https:') && TRUST_PROXY === 0),
  { path: ['TRUST_PROXY'], error: 'must be 1 or more when BASE_URL starts with https:', when: () => true },
);

/** Settings as the rest of the program sees them. Frozen; the only way to the environment. */
export interface Config {
  readonly environment: 'production' | 'development' | 'test';
  readonly host: string;
  readonly port: number;
  /** Where people reach this server, without a slash at the end. */
  readonly baseUrl: string;
  readonly trustProxy: number;
  readonly dataDir: string;
  readonly databaseUrl: string;
  /** 32 secret bytes; keys for each purpose are derived from it. */
  readonly secret: Buffer;
  /** Whether `secret` came from a file made on first run, which suits development only. */
  readonly developmentSecret: boolean;
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  /** Where people who use the site can write to those who run it; null where nobody reads such mail. */
  readonly contactEmail: string | null;
  readonly issuerName: string;
  readonly timeZone: string;
  /** Domains of other issuers whose certificates are recognised, as `host` or `host:port`. */
  readonly trustedIssuers: readonly string[];
  readonly logLevel: string;
  /** Whether `/design` shows the parts of pages, and the made-up languages are spoken. */
  readonly designPage: boolean;
}

/** Every fault of the settings at once, a line each. */
export class ConfigError extends Error {
  constructor(faults: string[]) {
    super(
      `The settings have ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${faults.join('\n')}`,
    );
    this.name = 'ConfigError';
  }
}

/** Read and check the settings. Throws `ConfigError` that names all faults. */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const parsed = schema.safeParse(withoutEmpty(env));
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map(issue => `  ${issue.path.join('.')} ${issue.message}`));
  }
  const settings = parsed.data;
  const dataDir = resolve(projectRoot, settings.DATA_DIR);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  return Object.freeze({
    environment: settings.NODE_ENV,
    host: settings.HOST,
    port: settings.PORT,
    baseUrl: (settings.BASE_URL ?? `http://localhost:${settings.PORT}`).replace(/\/+$/, ''),
    trustProxy: settings.TRUST_PROXY,
    dataDir,
    databaseUrl: settings.DATABASE_URL ?? `sqlite:${join(dataDir, 'safe-passage.sqlite')}`,
    secret: settings.SECRET_KEY ? Buffer.from(settings.SECRET_KEY, 'hex') : developmentSecret(dataDir),
    developmentSecret: !settings.SECRET_KEY,
    smtpUrl: settings.SMTP_URL ?? null,
    mailFrom: settings.MAIL_FROM,
    contactEmail: settings.CONTACT_EMAIL ?? null,
    issuerName: settings.ISSUER_NAME,
    timeZone: settings.TIME_ZONE,
    trustedIssuers: settings.TRUSTED_ISSUERS,
    logLevel: settings.LOG_LEVEL,
    designPage: settings.DESIGN_PAGE ? settings.DESIGN_PAGE === 'yes' : settings.NODE_ENV !== 'production',
  });
}

/** An empty value in the environment means "not set", as shells and compose files leave them. */
function withoutEmpty(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}

function developmentSecret(dataDir: string): Buffer {
  const file = join(dataDir, 'development-secret.key');
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 });
    chmodSync(file, 0o600);
  }
  return Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
}

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

function findRoot(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : findRoot(dirname(folder));
}
