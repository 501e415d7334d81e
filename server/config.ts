import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { nearestWord } from './platform/lib/text/spelling.js';

/** The folder that holds package.json, found from here: this file runs from `server/` and from `dist/server/`. */
export const projectRoot = findRoot(dirname(fileURLToPath(import.meta.url)));

/** Where the programs that a command runs are looked for. */
export const searchPath = process.env.PATH ?? '';

/** The version of the program. */
export const programVersion = (): string =>
  (JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string }).version;

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
  FORMER_BASE_URLS: z
    .string()
    .default('')
    .transform(text => text.split(/[\s,]+/).filter(Boolean))
    .refine(addresses => addresses.every(address => URL.canParse(address)), {
      error: 'must be addresses with a comma between them, for example http://localhost:3000',
    }),
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
  SETTINGS_FILE: z.string().optional(),
});

/** Cookies for HTTPS are set only where the proxy is trusted to say so; otherwise nobody could sign in. */
const schema = settings.refine(
  ({ BASE_URL, TRUST_PROXY }) => !(BASE_URL?.startsWith('https:') && TRUST_PROXY === 0),
  { path: ['TRUST_PROXY'], error: 'must be 1 or more when BASE_URL starts with https:', when: () => true },
);

/** The settings as the rest of the program sees them: frozen, and the only way to the environment. */
export interface Config {
  readonly environment: 'production' | 'development' | 'test';
  readonly host: string;
  readonly port: number;
  /** Where people reach this server, without a slash at the end. */
  readonly baseUrl: string;
  /** Its earlier addresses, which certificates may still name. */
  readonly formerBaseUrls: readonly string[];
  readonly trustProxy: number;
  readonly dataDir: string;
  readonly databaseUrl: string;
  /** 32 secret bytes; keys for each purpose are derived from it. */
  readonly secret: Buffer;
  /** Whether `secret` came from a file made on first run, which suits development only. */
  readonly developmentSecret: boolean;
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  /** The address where people can write to those who run the site; null where nobody reads such mail. */
  readonly contactEmail: string | null;
  readonly issuerName: string;
  readonly timeZone: string;
  /** Domains of other issuers whose certificates are recognised, as `host` or `host:port`. */
  readonly trustedIssuers: readonly string[];
  readonly logLevel: string;
  /** Whether `/design` shows the components, and the made-up languages can be chosen. */
  readonly designPage: boolean;
}

/**
 * Why the program does not start or a command does nothing: one sentence that says what to do, for whoever runs it, and
 * no stack that would hide it. `exitCode` is 2 where the settings are wrong, 1 for anything else.
 */
export class CannotStart extends Error {
  readonly exitCode: 1 | 2;

  constructor(sentence: string, exitCode: 1 | 2) {
    super(sentence);
    this.name = new.target.name;
    this.exitCode = exitCode;
  }
}

/** All faults in the settings, one on each line. */
export class ConfigError extends CannotStart {
  constructor(faults: string[]) {
    super(
      `The settings have ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${faults.join('\n')}`,
      2,
    );
  }
}

interface LoadOptions {
  /** Whether to create a missing data folder and development key. Only the server does: a command in the wrong
   * environment would create a second installation and work on that. */
  readonly create: boolean;
}

/**
 * Read and check the settings. Throws a `ConfigError` that names all faults, and one for a missing data folder or key when
 * nothing may be created.
 */
export function loadConfig(
  env: NodeJS.ProcessEnv = givenSettings(process.env),
  { create }: LoadOptions = { create: true },
): Config {
  const given = withoutEmpty(env);
  const parsed = schema.safeParse(given);
  const wrong = parsed.success
    ? []
    : parsed.error.issues.map(issue => `  ${issue.path.join('.')} ${issue.message}`);
  const faults = [...wrong, ...misspelt(given)];
  if (!parsed.success || faults.length > 0) throw new ConfigError(faults);
  const settings = parsed.data;
  const dataDir = resolve(projectRoot, settings.DATA_DIR);
  const databaseUrl = settings.DATABASE_URL ?? `sqlite:${join(dataDir, 'safe-passage.sqlite')}`;
  if (create) mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  else if (!settings.SECRET_KEY && !existsSync(keyFile(dataDir)))
    throw noInstallation(
      { dataDir, databaseUrl },
      `SECRET_KEY is not set, and there is no ${keyFile(dataDir)}`,
    );
  return Object.freeze({
    environment: settings.NODE_ENV,
    host: settings.HOST,
    port: settings.PORT,
    baseUrl: (settings.BASE_URL ?? `http://localhost:${settings.PORT}`).replace(/\/+$/, ''),
    formerBaseUrls: settings.FORMER_BASE_URLS.map(address => address.replace(/\/+$/, '')),
    trustProxy: settings.TRUST_PROXY,
    dataDir,
    databaseUrl,
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

/**
 * The environment and, for what it does not set, the file that SETTINGS_FILE names or else `.env` beside package.json, so
 * that the server and its commands use the same settings. Throws a `ConfigError` for a file that does not exist.
 */
export function givenSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const file = resolve(projectRoot, env.SETTINGS_FILE || '.env');
  if (existsSync(file)) return { ...parseEnv(readFileSync(file, 'utf8')), ...withoutEmpty(env) };
  if (env.SETTINGS_FILE) throw new ConfigError([`  SETTINGS_FILE names ${file}, but there is no such file`]);
  return env;
}

/** Names that are too short to tell a typing error from another program's setting: HOST is two letters from HOME. */
const SHORT = 8;

/**
 * Misspelt settings, which would silently have no effect. The environment is full of other programs' names, so only a name
 * that is one or two letters from one of ours counts, and only while ours is not set.
 */
function misspelt(given: NodeJS.ProcessEnv): string[] {
  const ours = Object.keys(settings.shape);
  const unset = ours.filter(name => name.length >= SHORT && given[name] === undefined);
  return Object.keys(given)
    .filter(name => !ours.includes(name))
    .flatMap(name => {
      const meant = nearestWord(name, unset);
      return meant ? [`  ${name} is not a setting: did you mean ${meant}?`] : [];
    });
}

/** An empty value in the environment means "not set", as shells and compose files leave them. */
function withoutEmpty(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}

const keyFile = (dataDir: string): string => join(dataDir, 'development-secret.key');

function developmentSecret(dataDir: string): Buffer {
  const file = keyFile(dataDir);
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 });
    chmodSync(file, 0o600);
  }
  return Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
}

/** For a command that has other settings than the server, or none: where it looked, and what to do. */
export const noInstallation = (
  { dataDir, databaseUrl }: Pick<Config, 'dataDir' | 'databaseUrl'>,
  missing: string,
): CannotStart =>
  new CannotStart(
    `There is no installation here, where DATA_DIR is ${dataDir} and DATABASE_URL is ${withoutPassword(databaseUrl)}: ${missing}. ` +
      'Run this command with the same settings as the server: SETTINGS_FILE=<file> names one file of settings for both.',
    2,
  );

/** The address of a database, without its password. */
export const withoutPassword = (url: string): string => url.replace(/:[^:@/]*@/, '@');

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
