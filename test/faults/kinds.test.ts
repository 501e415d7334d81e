import { expect } from 'chai';
import { kindsFor } from './kinds.js';
import { unexplained } from './log.js';

describe('the kinds of fault', () => {
  it('are those that the database can have, unless some are named', () => {
    expect(kindsFor('sqlite', [])).to.deep.equal(['kill', 'stop', 'mail', 'full']);
    expect(kindsFor('postgres', [])).to.deep.equal(['kill', 'stop', 'backends', 'mail']);
    expect(kindsFor('postgres', ['stop'])).to.deep.equal(['stop']);
    expect(kindsFor('sqlite', ['backends'])).to.deep.equal([]);
  });
});

describe('the log of a server that survives a fault', () => {
  const line = (level: string, ms: number) => JSON.stringify({ level, time: new Date(ms).toISOString() });
  const span = { from: 1000, to: 2000, excuse: 'all' } as const;

  it('may hold errors while the fault lasts, and none before or after', () => {
    const [before, during, after] = [line('error', 999), line('error', 1500), line('error', 2001)] as const;
    expect(unexplained([before, during, after], [span])).to.deep.equal([before, after]);
    expect(unexplained([during], [])).to.deep.equal([during]);
  });

  it('may hold none but those of jobs that mail while only the mail server is away', () => {
    const time = new Date(1500).toISOString();
    const [mail, other] = ['mail.certificate-issued', 'certificate.sign'].map(reaction =>
      JSON.stringify({ level: 'error', time, reaction }),
    ) as [string, string];
    expect(unexplained([mail, other, line('error', 1500)], [{ ...span, excuse: 'mail' }])).to.deep.equal([
      other,
      line('error', 1500),
    ]);
  });

  it('may never hold a fatal one', () => {
    expect(unexplained([line('fatal', 1500)], [span])).to.have.length(1);
  });
});
