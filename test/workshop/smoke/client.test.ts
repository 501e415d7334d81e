import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import {
  choicesIn,
  Client,
  formOf,
  linksIn,
  selectsIn,
  UnexpectedAnswer,
} from '../../../server/workshop/smoke/client.js';

describe('forms on a page', () => {
  const html = `
    <form method="get" action="/search"><input type="hidden" name="q" value="x"></form>
    <form class="stack" method="post" action="/a?b=1&amp;c=2">
      <input type="hidden" name="_csrf" value="t&amp;k&#34;n">
      <input name="sequence" value="3" type="hidden">
      <input type="text" name="typed" value="not hidden">
      <button>Go</button>
    </form>
    <form method="post" action="/a"><input type="hidden" name="other" value=""></form>`;

  it('are found by their exact action', () => {
    expect(formOf(html, '/a?b=1&c=2')?.hidden).to.include({ _csrf: 't&k"n' });
    expect(formOf(html, '/a')?.hidden).to.deep.equal({ other: '' });
    expect(formOf(html, '/search')?.hidden).to.deep.equal({ q: 'x' });
    for (const action of ['', '/', '/b', '/a?b=1']) expect(formOf(html, action)).to.equal(null);
  });

  it('give their hidden fields, in any order of attributes, and no others', () => {
    expect(formOf(html, '/a?b=1&c=2')?.hidden).to.deep.equal({ _csrf: 't&k"n', sequence: '3' });
  });

  it('do not take fields from the next form', () => {
    expect(formOf(html, '/search')?.hidden).to.not.have.property('_csrf');
  });

  it('are missing on an empty page', () => {
    expect(formOf('', '/a')).to.equal(null);
  });

  it('are read with links, and entities are decoded', () => {
    expect(linksIn(`<a href="/x?a=1&amp;b=2">x</a>${html}`, /^\/[ax]\?/)).to.deep.equal([
      '/x?a=1&b=2',
      '/a?b=1&c=2',
    ]);
  });

  it('give choices with their names and values', () => {
    const choices =
      '<input type="radio" id="t" name="truth" value="true" checked><input type="checkbox" name="choice" value="a">';
    expect(choicesIn(choices + html)).to.deep.equal([
      { type: 'radio', name: 'truth', value: 'true' },
      { type: 'checkbox', name: 'choice', value: 'a' },
    ]);
  });

  it('give selects with their names and values', () => {
    const select =
      '<select class="input" id="place-a" name="place-a"><option value="">–</option><option value="1" selected>1</option></select>';
    expect(selectsIn(`${html}${select}<select name="b"></select>`)).to.deep.equal([
      { name: 'place-a', values: ['', '1'] },
      { name: 'b', values: [] },
    ]);
  });
});

describe('the client of the smoke run', () => {
  let server: Server;
  let base = '';
  const asked: { method: string; url: string; cookie: string; body: string }[] = [];

  before(async () => {
    server = createServer((req, res) => {
      void bodyOf(req).then(body => {
        asked.push({ method: req.method ?? '', url: req.url ?? '', cookie: req.headers.cookie ?? '', body });
        if (req.url === '/set') res.setHeader('Set-Cookie', ['a=1; Path=/', 'b=x=y; HttpOnly']);
        if (req.url === '/unset') res.setHeader('Set-Cookie', 'a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT');
        if (req.url === '/go') res.writeHead(303, { Location: '/there?x=1' });
        if (req.url === '/away') res.writeHead(303, { Location: 'https://example.org/' });
        if (req.url === '/missing') res.statusCode = 404;
        res.end(
          req.url === '/form'
            ? '<form action="/post"><input type="hidden" name="h" value="1"></form>'
            : 'page',
        );
      });
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  after(() => {
    server.closeAllConnections();
    server.close();
  });

  it('stores and deletes cookies', async () => {
    const client = new Client(base);
    await client.get('/set');
    expect(client.cookie).to.equal('a=1; b=x=y');
    await client.get('/unset');
    await client.get('/look');
    expect(asked.at(-1)?.cookie).to.equal('b=x=y');
  });

  it('follows redirects only on its own site', async () => {
    const client = new Client(base);
    const page = await client.post('/go', { a: '1' });
    expect([page.status, page.path]).to.deep.equal([200, '/there?x=1']);
    expect(asked.at(-1)).to.include({ method: 'GET', body: '' });
    expect((await client.get('/away')).status).to.equal(303);
  });

  it('sends the form of the page with the given fields, repeated for a list', async () => {
    const client = new Client(base);
    await client.get('/form');
    await client.submit('/post', { choice: ['a', 'b'], name: 'Zoë & Co' });
    expect(asked.at(-1)).to.include({
      method: 'POST',
      url: '/post',
      body: 'h=1&choice=a&choice=b&name=Zo%C3%AB+%26+Co',
    });
  });

  it('refuses to send a form that the page does not have', async () => {
    const client = new Client(base);
    await client.get('/look');
    expect(() => client.submit('/post')).to.throw('No form with action /post');
  });

  it('throws for a file that does not exist', async () => {
    const fault = await new Client(base).bytes('/missing').catch((thrown: unknown) => thrown);
    expect(fault).to.be.instanceOf(UnexpectedAnswer);
  });
});

async function bodyOf(req: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of req) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
