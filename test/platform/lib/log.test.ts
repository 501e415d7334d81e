import { expect } from 'chai';
import { createLogger } from '../../../server/platform/lib/log.js';

describe('the log', () => {
  let lines: string[];
  const log = (level = 'info') => createLogger(level, { write: line => void lines.push(line) });
  const first = () => JSON.parse(lines[0] ?? '{}') as Record<string, unknown>;

  beforeEach(() => {
    lines = [];
  });

  it('has a JSON text line for each event, with the level in words and the time in UTC', () => {
    log().info({ id: 'x' }, 'request');
    expect(lines).to.have.length(1);
    expect(first()).to.include({ level: 'info', id: 'x', msg: 'request' });
    expect(first().time).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(first()).to.have.all.keys('level', 'time', 'id', 'msg');
  });

  it('contains the given fields', () => {
    for (const level of ['debug', 'info', 'warn', 'error'] as const) log('warn')[level]('x');
    expect(lines.map(line => (JSON.parse(line) as { level: string }).level)).to.deep.equal(['warn', 'error']);
    lines = [];
    log('silent').fatal('x');
    expect(lines).to.deep.equal([]);
  });

  it('redacts secrets', () => {
    const secret = { email: 'ada@example.org', password: 'secret', token: 'secret', cookie: 'secret' };
    log().info({ ...secret, user: secret }, 'x');
    expect(lines.join('')).not.to.match(/secret|ada@/);
  });

  it('never breaks an event over two text lines', () => {
    log().info({ path: 'a\nb\r\n{"level":"fatal"}\u2028' }, 'line\nbreak');
    expect(lines.join('').trim().split('\n')).to.have.length(1);
    expect(first()).to.include({ level: 'info', msg: 'line\nbreak' });
  });
});
