import { expect } from 'chai';
import { strToU8, zipSync } from 'fflate';
import { parse } from 'yaml';
import { currentCourses } from '../../../../server/teaching/courses/catalogue.js';
import type { Client } from '../../../../server/workshop/smoke/client.js';
import { banksOf } from '../../../../server/workshop/exchange/banks.js';
import { importItems } from '../../../../server/workshop/exchange/import.js';
import { ada, cleo, dina } from '../../../support/people.js';
import { appoint } from '../../../support/roles.js';
import { MODULE } from '../../../support/walk.js';
import { plain, send } from '../../../support/pages.js';
import { said } from '../../../support/said.js';
import { fromSomewhere, ownWorld, world } from '../../../support/world.js';

const IMPORTS = '/admin/questions/imports';
const FILES = '/admin/questions/files';
const DRAFT = '::Capital::What is the capital of Norway?{=Oslo#Right. ~Bergen ~Paris}\n\nWrite about it.{}\n';

interface File {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Sends a form with a file as a browser does, with the token of a page unless another one is given. */
async function submit(
  browser: Client,
  path: string,
  fields: Record<string, string | File>,
  headers: Record<string, string> = {},
) {
  const token = /name="_csrf" value="([^"]*)"/.exec((await browser.get('/admin/questions')).text)?.[1] ?? '';
  const body = new FormData();
  const parts: Record<string, string | File> = { _csrf: token, ...fields };
  for (const [name, part] of Object.entries(parts)) {
    if (typeof part === 'string') body.append(name, part);
    else body.append(name, new Blob([new Uint8Array(part.bytes)]), part.name);
  }
  return post(browser, path, body, headers);
}

async function post(
  browser: Client,
  path: string,
  body: FormData | string,
  headers: Record<string, string> = {},
) {
  const answer = await fetch(new URL(path, world().base), {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: {
      accept: 'text/html',
      cookie: browser.cookie,
      'sec-fetch-site': 'same-origin',
      ...fromSomewhere(),
      ...headers,
    },
  });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

const asFile = (text: string, name = 'questions.txt') => ({ name, bytes: strToU8(text) });
const noFile = { name: '', bytes: new Uint8Array() };
const bank = async () => {
  const found = banksOf(
    (await currentCourses()).map(({ snapshot }) => snapshot),
    'Finals',
  ).find(({ slug }) => slug === MODULE);
  if (!found) throw new Error('The bank is gone');
  return found;
};

describe('questions in the administration', () => {
  ownWorld();
  it('return 404 to everybody but administrators', async () => {
    const [learner, manager] = [await ada(), await cleo()];
    await appoint(manager, 'manager');
    const paths = [
      '/admin/questions',
      `/admin/questions/report?bank=${MODULE}&format=gift`,
      `/admin/questions/export?bank=${MODULE}&format=gift`,
    ];
    for (const { browser } of [learner, manager]) {
      for (const path of paths) expect((await browser.get(path)).status, path).to.equal(404);
      for (const path of [IMPORTS, FILES])
        expect((await send(browser, path, { text: DRAFT })).status, path).to.equal(404);
    }
    for (const path of paths) {
      expect((await world().visitor().get(path)).path).to.equal(`/sign-in?next=${encodeURIComponent(path)}`);
    }
  });

  it('are read only from a page of ours, with its token', async () => {
    const { browser } = await dina();
    const fields = { bank: MODULE, format: 'gift', text: DRAFT };
    for (const path of [IMPORTS, FILES]) {
      expect((await submit(browser, path, { ...fields, _csrf: 'x' })).status, path).to.equal(403);
      expect((await submit(browser, path, fields, { 'sec-fetch-site': 'cross-site' })).status, path).to.equal(
        403,
      );
    }
    const { browser: learner } = await ada();
    expect((await submit(learner, IMPORTS, fields)).status).to.equal(403);
    expect((await submit(world().visitor(), IMPORTS, fields)).status).to.equal(403);
  });
});

describe('bringing questions in', () => {
  ownWorld();
  it('reports line by line and makes a quiz.yaml to save', async () => {
    const { browser } = await dina();
    const page = await submit(browser, IMPORTS, {
      bank: MODULE,
      format: 'gift',
      text: '',
      file: asFile(DRAFT),
    });
    expect(page.status).to.equal(200);
    const words = plain(page.text);
    expect(words).to.include(said('exchange.tally', { taken: 0, changed: 1, refused: 1 }));
    expect(words)
      .to.include(said('exchange.line', { line: 1 }))
      .and.include('Capital')
      .and.include(said('exchange.note.incomplete', { about: 'id, objective' }).slice(0, -1));
    const essay = said('exchange.note.type', { about: 'essay' });
    expect(words)
      .to.include(said('exchange.line', { line: 3 }))
      .and.include(essay);
    // What was found stands apart from the sentences about it.
    expect(words).to.include(`${essay} ${said('exchange.todo.type')} ${said('exchange.found')} `);
    const { title } = await bank();
    expect(words).to.include(
      said('questions.inTitle', { format: said('exchange.format.gift'), bank: title }),
    );

    const yaml = /<textarea[^>]*name="yaml"[^>]*>([\s\S]*?)<\/textarea>/.exec(page.text)?.[1] ?? '';
    const written = plain(`<b>${yaml.replaceAll('\n', '&#10;')}</b>`);
    expect(written).to.include('What is the capital of Norway?');
    const source = 'items:\r\n  - type: single\r\n    stem: "A & <b>?"\r\n';
    const file = await submit(browser, FILES, { yaml: source });
    expect(file.headers.get('content-disposition')).to.equal('attachment; filename="quiz.yaml"');
    expect(file.headers.get('content-type')).to.equal('application/yaml; charset=utf-8');
    expect(file.headers.get('x-content-type-options')).to.equal('nosniff');
    expect(file.text).to.equal(source.replaceAll('\r\n', '\n'));
    expect(parse(file.text)).to.deep.equal({ items: [{ type: 'single', stem: 'A & <b>?' }] });
  });

  it('reads a pasted text, a file and a package', async () => {
    const { browser } = await dina();
    const pasted = await submit(browser, IMPORTS, {
      bank: MODULE,
      format: 'gift',
      text: DRAFT,
      file: noFile,
    });
    expect(plain(pasted.text)).to.include(said('exchange.tally', { taken: 0, changed: 1, refused: 1 }));
    const zip = zipSync({ 'imsmanifest.xml': strToU8('<manifest/>'), 'a.txt': strToU8('x') });
    const packed = await submit(browser, IMPORTS, {
      bank: MODULE,
      format: 'qti',
      text: '',
      file: { name: 'a.zip', bytes: zip },
    });
    expect(plain(packed.text)).to.include(said('questions.nothing'));
    expect(plain(packed.text)).to.include(said('exchange.fileLine', { file: 'a.txt', line: 1 }));
  });

  it('names what to correct and keeps what was typed', async () => {
    const { browser } = await dina();
    const text = 'A <b>"&</b> {=x ~y}';
    const page = await submit(browser, IMPORTS, { bank: 'nowhere', format: 'word', text, file: noFile });
    expect(page.status).to.equal(422);
    expect(plain(page.text)).to.include(said('errors.bank')).and.include(said('errors.format'));
    expect(plain(page.text)).to.include('A <b>"&</b> {=x ~y}');
    expect(page.text).to.not.include('<b>"');
    const both = await submit(browser, IMPORTS, { bank: MODULE, format: 'gift', text, file: asFile(DRAFT) });
    expect(both.status).to.equal(422);
    expect(plain(both.text)).to.include(said('errors.file-both')).and.include('A <b>"&</b>');
    expect(both.text)
      .to.match(/value="foundations" selected/)
      .and.match(/value="gift" checked/);
    const neither = await submit(browser, IMPORTS, { bank: MODULE, format: 'gift', text: ' ', file: noFile });
    expect(plain(neither.text)).to.include(said('errors.file'));
    const bare = await send(browser, IMPORTS);
    expect(bare.status).to.equal(422);
  });

  it('shows texts of a file as text, in every place of the report', async () => {
    const { browser } = await dina();
    const evil = '<script>alert(1)</script>{line}$t(frame.name)';
    const gift = [
      `// ${evil}`,
      `::${evil.replace(/[{}]/g, '\\$&')}::A?{=x ~y}`,
      `${evil.replace(/[{}]/g, '')}`,
    ].join('\n\n');
    const page = await submit(browser, IMPORTS, { bank: MODULE, format: 'gift', text: gift });
    expect(page.status).to.equal(200);
    expect(page.text).to.not.include('<script>alert');
    expect(plain(page.text)).to.include('$t(frame.name)').and.include('{line}');
  });

  it('refuses a file that is too large with 422, and a form that is far too large with 413', async () => {
    const { browser } = await dina();
    const large = await submit(browser, IMPORTS, {
      bank: MODULE,
      format: 'gift',
      text: '',
      file: { name: 'a.txt', bytes: new Uint8Array(1_000_001) },
    });
    expect(large.status).to.equal(422);
    expect(plain(large.text)).to.include(said('errors.file-large'));
    const huge = await submit(browser, IMPORTS, {
      file: { name: 'a.txt', bytes: new Uint8Array(10_000_001) },
    });
    expect(huge.status).to.equal(413);
    const field = await submit(browser, FILES, { yaml: 'x'.repeat(2_000_001) });
    expect(field.status).to.equal(413);
  });

  it('refuses a form that is broken, has many parts, or has two files', async () => {
    const { browser } = await dina();
    const type = 'multipart/form-data';
    expect((await post(browser, IMPORTS, 'x', { 'content-type': type })).status).to.equal(400);
    expect(
      (await post(browser, IMPORTS, '--a\r\nx', { 'content-type': `${type}; boundary=a` })).status,
    ).to.equal(400);
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`f${n}`, 'x']));
    expect((await submit(browser, IMPORTS, many)).status).to.equal(400);
    const two = { file: asFile('a'), more: asFile('b') };
    expect((await submit(browser, IMPORTS, two)).status).to.equal(400);
    expect((await submit(browser, IMPORTS, { ['__proto__']: 'x', bank: 'x' })).status).to.equal(422);
  });

  it('reads no file at any other address', async () => {
    const { browser } = await dina();
    expect((await submit(browser, '/admin/questions', { bank: MODULE })).status).to.equal(403);
    expect((await submit(browser, '/account/name', { name: 'Other' })).status).to.equal(403);
  });
});

/** Other programs know no such type: they get the nearest. */
const WITH_LOSSES = ['decision', 'spot'];

describe('taking a bank out', () => {
  ownWorld();
  it('shows what other programs cannot use, and sends the file', async () => {
    const { browser } = await dina();
    const { items } = await bank();
    for (const [format, type] of [
      ['gift', 'text/plain; charset=utf-8'],
      ['moodle', 'application/xml; charset=utf-8'],
      ['qti', 'application/zip'],
    ] as const) {
      const page = await browser.get(`/admin/questions/report?bank=${MODULE}&format=${format}`);
      expect(page.status).to.equal(200);
      const href = `/admin/questions/export?bank=${MODULE}&amp;format=${format}`;
      expect(page.text).to.include(href);
      const bytes = await browser.bytes(href.replace('&amp;', '&'));
      const { drafts } = await importItems(format, bytes, { bank: MODULE, known: [] });
      expect(drafts.map(({ id }) => id)).to.have.members(items.map(({ id }) => id));
      const whole = items.filter(({ type }) => !WITH_LOSSES.includes(type));
      const ids = whole.map(({ id }) => id);
      expect(drafts.filter(({ id }) => ids.includes(id ?? ''))).to.have.deep.members(whole);
      const file = await browser.get(href.replace('&amp;', '&'));
      expect(file.headers.get('content-type')).to.equal(type);
      expect(file.headers.get('content-disposition')).to.match(
        /^attachment; filename="foundations\.[a-z0-9.]+"$/,
      );
      expect(file.headers.get('cache-control')).to.equal('no-store');
    }
  });

  it('returns 404 for unknown banks and formats', async () => {
    const { browser } = await dina();
    for (const query of [
      '',
      `bank=${MODULE}`,
      'format=gift',
      'bank=nowhere&format=gift',
      `bank=${MODULE}&format=word`,
      'bank=__proto__&format=gift',
    ]) {
      expect((await browser.get(`/admin/questions/export?${query}`)).status, query).to.equal(404);
      expect((await browser.get(`/admin/questions/report?${query}`)).status, query).to.equal(404);
    }
  });

  it('contains every item of every course once', async () => {
    const courses = (await currentCourses()).map(({ snapshot }) => snapshot);
    for (const { slug, items } of banksOf(courses, 'Finals')) {
      const ids = items.map(({ id }) => id);
      const all = courses.flatMap(course => {
        const own =
          slug === 'final'
            ? course.final?.items
            : course.modules.find(module => module.slug === slug)?.quiz.items;
        return (own ?? []).map(({ id }) => id);
      });
      expect(ids).to.have.members([...new Set(all)]);
    }
  });
});
