import { expect } from 'chai';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { CannotStart, ConfigError, givenSettings, loadConfig, projectRoot } from '../server/config.js';

const KEY = 'ab'.repeat(32);

describe('the settings', () => {
  let folder: string;
  const load = (env: NodeJS.ProcessEnv = {}) => loadConfig({ DATA_DIR: folder, SECRET_KEY: KEY, ...env });

  /** The lines of faults; none when the settings are good. */
  function faultsOf(env: NodeJS.ProcessEnv): string[] {
    try {
      load(env);
      return [];
    } catch (fault) {
      if (!(fault instanceof ConfigError)) throw fault;
      return fault.message.split('\n').slice(1);
    }
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'config-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('have safe defaults: production, this machine only, SQLite, no mail server', () => {
    const config = loadConfig({ DATA_DIR: folder });
    expect(config).to.deep.include({
      environment: 'production',
      host: '127.0.0.1',
      port: 3000,
      baseUrl: 'http://localhost:3000',
      trustProxy: 0,
      dataDir: folder,
      databaseUrl: `sqlite:${join(folder, 'safe-passage.sqlite')}`,
      developmentSecret: true,
      smtpUrl: null,
      mailFrom: 'Safe Passage <training@localhost>',
      issuerName: 'Safe Passage',
      timeZone: 'UTC',
      trustedIssuers: [],
      logLevel: 'info',
      designPage: false,
    });
  });

  it('are read as they are given', () => {
    const config = load({
      NODE_ENV: 'development',
      HOST: '0.0.0.0',
      PORT: '8080',
      BASE_URL: 'https://training.example///',
      TRUST_PROXY: '2',
      DATABASE_URL: 'postgresql://db.example/training',
      SMTP_URL: 'smtps://user:word@mail.example:465',
      MAIL_FROM: 'Training <training@example.org>',
      CONTACT_EMAIL: 'training@example.org',
      ISSUER_NAME: 'Harbour Academy',
      TIME_ZONE: 'Europe/Oslo',
      TRUSTED_ISSUERS: 'training.example, localhost:8080',
      LOG_LEVEL: 'warn',
    });
    expect(config).to.deep.include({
      environment: 'development',
      host: '0.0.0.0',
      port: 8080,
      baseUrl: 'https://training.example',
      trustProxy: 2,
      databaseUrl: 'postgresql://db.example/training',
      smtpUrl: 'smtps://user:word@mail.example:465',
      mailFrom: 'Training <training@example.org>',
      issuerName: 'Harbour Academy',
      timeZone: 'Europe/Oslo',
      contactEmail: 'training@example.org',
      trustedIssuers: ['training.example', 'localhost:8080'],
      logLevel: 'warn',
      secret: Buffer.from(KEY, 'hex'),
      developmentSecret: false,
    });
  });

  it('that are wrong are all named at once, one to a text line', () => {
    const faults = faultsOf({
      NODE_ENV: 'staging',
      PORT: 'http',
      BASE_URL: 'training.example',
      TRUST_PROXY: 'yes',
      DATABASE_URL: 'mysql://db.example',
      SECRET_KEY: 'short',
      SMTP_URL: 'http://mail.example',
      MAIL_FROM: 'nobody',
      CONTACT_EMAIL: 'Training <training@example.org>',
      ISSUER_NAME: 'x'.repeat(121),
      TIME_ZONE: 'Mars/Olympus',
      TRUSTED_ISSUERS: 'https://training.example/',
      LOG_LEVEL: 'loud',
    });
    expect(faults.map(line => line.trim().split(' ')[0])).to.have.members([
      'NODE_ENV',
      'PORT',
      'BASE_URL',
      'TRUST_PROXY',
      'DATABASE_URL',
      'SECRET_KEY',
      'SMTP_URL',
      'MAIL_FROM',
      'CONTACT_EMAIL',
      'ISSUER_NAME',
      'TIME_ZONE',
      'TRUSTED_ISSUERS',
      'LOG_LEVEL',
    ]);
  });

  it('that are wrong are reported with what would be right, never with the value', () => {
    const [fault] = faultsOf({ SECRET_KEY: 'my-secret-and-not-hexadecimal' });
    expect(fault).to.include('SECRET_KEY must be 64 hexadecimal digits').and.include('openssl rand -hex 32');
    expect(fault).not.to.include('my-secret');
  });

  const wrong: [string, string][] = [
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['PORT', '0x50'],
    ['BASE_URL', 'ftp://training.example'],
    ['BASE_URL', 'javascript:alert(1)'],
    ['TRUST_PROXY', '-1'],
    ['TRUST_PROXY', 'true'],
    ['SECRET_KEY', KEY.slice(1)],
    ['SECRET_KEY', `${KEY}0`],
    ['SECRET_KEY', 'g'.repeat(64)],
    ['MAIL_FROM', 'a@example.org\nBcc: b@example.org'],
    ['TIME_ZONE', ' '],
  ];
  for (const [name, value] of wrong) {
    it(`refuse ${name} ${JSON.stringify(value)}`, () => {
      expect(faultsOf({ [name]: value }).map(line => line.trim().split(' ')[0])).to.deep.equal([name]);
    });
  }

  it('require the proxy that an https address needs', () => {
    expect(faultsOf({ BASE_URL: 'https://training.example' }).join()).to.match(
      /TRUST_PROXY must be 1 or more/,
    );
    expect(faultsOf({ BASE_URL: 'https://training.example', TRUST_PROXY: '1' })).to.deep.equal([]);
    expect(faultsOf({ BASE_URL: 'https://training.example', PORT: 'http' })).to.have.length(2);
  });

  it('show the design pages in development, and in production only on request', () => {
    expect(load({ NODE_ENV: 'development' }).designPage).to.equal(true);
    expect(load({ NODE_ENV: 'development', DESIGN_PAGE: 'no' }).designPage).to.equal(false);
    expect(load({ DESIGN_PAGE: 'yes' }).designPage).to.equal(true);
    expect(faultsOf({ DESIGN_PAGE: 'maybe' }).join()).to.match(/DESIGN_PAGE/);
  });

  it('that are empty count as not set', () => {
    const config = load({ PORT: '', BASE_URL: '', SMTP_URL: '', DATABASE_URL: '', TIME_ZONE: '' });
    expect(config).to.include({
      port: 3000,
      smtpUrl: null,
      timeZone: 'UTC',
      baseUrl: 'http://localhost:3000',
    });
  });

  it('default to an address with the port', () => {
    expect(load({ PORT: '8081' }).baseUrl).to.equal('http://localhost:8081');
  });

  it('cannot be changed', () => {
    const config = load() as { port: number };
    expect(() => {
      config.port = 1;
    }).to.throw(TypeError);
  });

  it('make a private secret for development once, when none is set', () => {
    const first = loadConfig({ DATA_DIR: folder });
    const second = loadConfig({ DATA_DIR: folder });
    expect(first.secret).to.have.length(32);
    expect(second.secret).to.deep.equal(first.secret);
    const file = join(folder, 'development-secret.key');
    expect(statSync(file).mode & 0o777).to.equal(0o600);
    expect(readFileSync(file, 'utf8')).to.match(/^[0-9a-f]{64}$/);
    expect(load().secret).not.to.deep.equal(first.secret);
  });

  it('store no secret when one is set', () => {
    load();
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('make a private data folder', () => {
    const config = load({ DATA_DIR: join(folder, 'new', 'data') });
    expect(statSync(config.dataDir).mode & 0o777).to.equal(0o700);
  });

  it('that are misspelt stop the start with the right name', () => {
    const faults = faultsOf({
      SMTP_ULR: 'smtp://mail.example',
      base_url: 'http://training.example',
      PORT: 'x',
    });
    expect(faults).to.have.length(3);
    expect(faults.join())
      .to.match(/SMTP_ULR.*SMTP_URL/)
      .and.match(/base_url.*BASE_URL/);
  });

  it('of other programs are ignored, even if they resemble ours once ours is set', () => {
    const foreign = [
      ...[
        'HOME',
        'HOSTNAME',
        'POST',
        'PATH',
        'PWD',
        'TZ',
        'LANG',
        'NODE_OPTIONS',
        'NODE_PATH',
        'npm_config_cache',
      ],
      ...[
        'DATABASE',
        'PGDATABASE',
        'HTTP_PROXY',
        'no_proxy',
        'XDG_DATA_DIRS',
        'MAIL',
        'LOGNAME',
        'SMTP_HOST',
      ],
    ];
    expect(faultsOf(Object.fromEntries(foreign.map(name => [name, 'x'])))).to.deep.equal([]);
    expect(faultsOf({ LOGLEVEL: 'loud' })).to.have.length(1);
    expect(faultsOf({ LOGLEVEL: 'loud', LOG_LEVEL: 'warn' })).to.deep.equal([]);
  });

  it('can be in a file; the environment takes precedence', () => {
    const file = join(folder, 'settings');
    writeFileSync(file, 'PORT=8080\nISSUER_NAME="Harbour Academy"\n# TIME_ZONE=Mars/Olympus\n');
    const given = givenSettings({ SETTINGS_FILE: file, PORT: '9090', ISSUER_NAME: '', DATA_DIR: folder });
    expect(loadConfig(given)).to.include({ port: 9090, issuerName: 'Harbour Academy' });
    expect(() => givenSettings({ SETTINGS_FILE: join(folder, 'none') })).to.throw(ConfigError);
  });

  it('make nothing for a command, which names where it looked', () => {
    const nowhere = join(folder, 'nowhere');
    const command = (env: NodeJS.ProcessEnv) => () => loadConfig(env, { create: false });
    expect(command({ DATA_DIR: nowhere }))
      .to.throw(CannotStart, nowhere)
      .with.property('exitCode', 2);
    expect(command({ DATA_DIR: folder })).to.throw(CannotStart, 'sqlite:');
    expect(command({ DATA_DIR: folder, DATABASE_URL: 'postgres://me:word@db/x' })).to.throw(
      'postgres://me@db/x',
    );
    expect(command({ DATA_DIR: nowhere, SECRET_KEY: KEY })().dataDir).to.equal(nowhere);
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('are found in the project, wherever the program is started', () => {
    expect(isAbsolute(projectRoot)).to.equal(true);
    expect(readdirSync(projectRoot)).to.include.members(['package.json', 'modules', 'views']);
  });
});
