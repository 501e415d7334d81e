import { expect } from 'chai';
import ejs from 'ejs';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { loadViews } from '../../../server/platform/http/views.js';
import type { Shell } from '../../../server/platform/http/views.js';
import { translator } from '../../../server/platform/i18n/i18n.js';

const ours = fileURLToPath(new URL('../../../views', import.meta.url));

const shell: Shell = {
  locale: 'en',
  dir: 'ltr',
  t: translator('en'),
  nonce: 'nonce-1',
  csrf: () => 'token-1',
  currentPath: '/sign-in',
  contact: null,
  leaveTo: 'https://elsewhere.example/',
  brand: null,
  user: null,
  isKnown: true,
  reader: 'nobody',
  isCopy: false,
  nav: null,
  done: null,
  hasErrors: false,
};

const titled = (heading: string): string => `${shell.t(heading)} – ${shell.t('frame.title')}`;

describe('views', () => {
  let root: string;

  /** A folder of templates: `layout` shows the body and nothing else. */
  function folder(files: Record<string, string>): string {
    for (const [path, text] of Object.entries({
      'layout.ejs': '<%- it.body -%>',
      'assets/a.css': 'a',
      ...files,
    })) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return root;
  }

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'views-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('escape values', () => {
    const views = loadViews({ root: folder({ 'page.ejs': '<p><%= it.name %></p>' }) });
    const html = views.render('page', { name: `<script>"it's" & more</script>` }, shell);
    expect(html).to.equal('<p>&lt;script&gt;&#34;it&#39;s&#34; &amp; more&lt;/script&gt;</p>');
  });

  it('leave plain text as it is', () => {
    const views = loadViews({ root: folder({ 'mail.txt.ejs': '<%= it.name %><%= it.missing %>' }) });
    expect(views.renderFragment('mail.txt', { name: "O'Brien & Sons" }, shell)).to.equal("O'Brien & Sons");
  });

  it('give a partial its own and the shared values, not those of its parent', () => {
    const views = loadViews({
      root: folder({
        'page.ejs': `<%- it.include('part', { own: 'mine' }) -%>`,
        'part.ejs': '<%= it.own %> <%= it.csrf() %> [<%= it.secret %>]',
      }),
    });
    expect(views.render('page', { secret: 'theirs' }, shell)).to.equal('mine token-1 []');
  });

  it('give a partial all of the frame where it takes it as a whole', () => {
    const files = {
      'page.ejs': `<%- it.include('part', {}) -%>|<%- it.include('other', { own: 'mine' }) -%>`,
      'part.ejs': '<% const { currentPath } = it; -%><%= currentPath %>',
      'other.ejs': `<%- it.include('last', it) -%>`,
      'last.ejs': '<%= it.own %> <%= it.nonce %>',
    };
    const views = loadViews({ root: folder(files) });
    expect(views.render('page', {}, shell)).to.equal('/sign-in|mine nonce-1');
  });

  it('keep a partial for all readers of a language, with nothing of the request that drew it', () => {
    const files = {
      'page.ejs': `<%- it.drawnOnce(it.thing, 'part', { thing: it.thing }) -%>`,
      'part.ejs': '<%= it.thing.name %> <%= it.locale %> <%= it.nonce %><%= it.currentPath %>',
    };
    const views = loadViews({ root: folder(files) });
    const thing = { name: 'one' };
    const show = (shown: object, locale = 'en') =>
      views.render('page', { thing: shown }, { ...shell, locale });
    expect(show(thing)).to.equal('one en ');
    thing.name = 'changed';
    expect(show(thing)).to.equal('one en ');
    expect(show(thing, 'ar')).to.equal('changed ar ');
    expect(show({ name: 'two' })).to.equal('two en ');
  });

  it('draw a picture anew for other values, also those of the frame', () => {
    const files = {
      'page.ejs': `<%- it.include('components/pictures/sign', { size: it.size }) -%>`,
      'components/pictures/sign.ejs': '<%= it.size %> <%= it.dir %>',
      'letter.ejs': `<%- it.include('components/pictures/named') -%>`,
      'components/pictures/named.ejs': `<%= it.t('x') %>`,
    };
    const views = loadViews({ root: folder(files) });
    const show = (size: number, dir: 'ltr' | 'rtl') => views.render('page', { size }, { ...shell, dir });
    expect([show(1, 'ltr'), show(2, 'ltr'), show(2, 'rtl'), show(1, 'ltr')]).to.deep.equal([
      ...['1 ltr', '2 ltr', '2 rtl', '1 ltr'],
    ]);
    const say = (text: string) => views.render('letter', {}, { ...shell, t: () => text });
    expect([say('one'), say('two')]).to.deep.equal(['one', 'two']);
  });

  it('keep a page’s values out of the frame, except noindex', () => {
    const files = {
      'page.ejs': '<%= it.done %>',
      'layout.ejs': '[<%= it.done %>][<%= it.noindex %>]<%- it.body -%>',
    };
    const views = loadViews({ root: folder(files) });
    expect(views.render('page', { done: 3 }, shell)).to.equal('[][false]3');
    expect(views.render('page', { done: 3, noindex: true }, shell)).to.equal('[][true]3');
  });

  it('keep the values of one page out of the next', () => {
    const views = loadViews({ root: folder({ 'page.ejs': '[<%= it.name %>]' }) });
    views.render('page', { name: 'Ada' }, shell);
    expect(views.render('page', {}, shell)).to.equal('[]');
  });

  it('refuse a view, a partial and an asset that do not exist', () => {
    const views = loadViews({
      root: folder({ 'page.ejs': `<%- it.include('nothing') %>`, 'style.ejs': `<%= it.asset('b.css') %>` }),
    });
    expect(() => views.render('nowhere', {}, shell)).to.throw('no view "nowhere"');
    expect(() => views.render('page', {}, shell)).to.throw('no view "nothing"');
    expect(() => views.render('style', {}, shell)).to.throw('no asset "b.css"');
  });

  it('name the file of a syntax error', () => {
    const views = loadViews({ root: folder({ 'quizzes/broken.ejs': '<% if (it.x { %>' }) });
    expect(() => views.render('quizzes/broken', {}, shell)).to.throw('quizzes/broken.ejs');
  });

  it('show what was on disk when they were read', () => {
    const views = loadViews({ root: folder({ 'page.ejs': 'before' }) });
    folder({ 'page.ejs': 'after' });
    expect(views.render('page', {}, shell)).to.equal('before');
  });

  it('give assets an address that changes with any of them', () => {
    const before = loadViews({ root: folder({ 'page.ejs': `<%= it.asset('a.css') %>` }) });
    expect(before.assetUrls.get('a.css')).to.match(/^\/assets\/[0-9a-f]{10}\/a\.css$/);
    expect(before.render('page', {}, shell)).to.equal(before.assetUrls.get('a.css'));
    const after = loadViews({ root: folder({ 'assets/a.css': 'b' }) });
    expect(after.assetPrefix).to.not.equal(before.assetPrefix);
  });
});

describe('the views of the product', () => {
  const views = loadViews({ root: ours });

  it('have no syntax error', () => {
    for (const name of views.names) {
      const source = readFileSync(join(ours, `${name}.ejs`), 'utf8');
      expect(
        () => ejs.compile(source, { filename: name, localsName: 'it', strict: true }),
        name,
      ).to.not.throw();
    }
  });

  it('write unescaped HTML only for partials, the frame’s body and lessons', () => {
    const raw = views.names.flatMap(name =>
      [...readFileSync(join(ours, `${name}.ejs`), 'utf8').matchAll(/<%-\s*(.*?)-?%>/gs)]
        .map(match => (match[1] ?? '').trim())
        .filter(code => !/^it\.(include|drawnOnce)\(/.test(code))
        .map(code => `${name}: ${code}`),
    );
    expect(raw).to.have.members(['layout: it.body', 'components/courses/prose: it.html']);
  });

  it('never use the include of EJS, which passes everything on and reads from disk', () => {
    const direct = views.names.filter(name =>
      /[^.]\binclude\(/.test(readFileSync(join(ours, `${name}.ejs`), 'utf8')),
    );
    expect(direct).to.deep.equal([]);
  });

  it('send the token with every POST form, except “Leave this page” and those named here', () => {
    // A file to look at changes nothing; mailed one-click links are answered without a session (RFC 8058); what goes to another site
    // takes no token of ours with it.
    const none = [
      'proof/certificates/verification/_file-form',
      'proof/certificates/renewal/reminders-mailed',
      'teaching/follow-up/opt-out',
      'people/identity/signed-out',
      'proof/reminders/managers/summary-mailed',
    ];
    const bare = views.names.filter(name => {
      const text = readFileSync(join(ours, `${name}.ejs`), 'utf8');
      const forms = [...text.matchAll(/<form[^>]*method="post".*?<\/form>/gs)];
      const guarded = forms.filter(([form]) => !form.includes('action="/exit"'));
      return guarded.some(([form]) => !form.includes("it.include('components/forms/csrf')"));
    });
    expect(bare).to.have.members(none);
  });

  it('show an error in the title, above the form and at its field', () => {
    const values = { values: { email: 'ada' }, errors: { email: 'Enter an e-mail address.' }, next: null };
    const html = views.render('people/accounts/sign-in/sign-in', values, { ...shell, hasErrors: true });
    expect(html).to.include(
      `<title>${shell.t('frame.errorTitle', { title: titled('signIn.heading') })}</title>`,
    );
    expect(html).to.include('<a href="#email">Enter an e-mail address.</a>');
    expect(html).to.match(
      /id="email"[^>]*value="ada"[^>]*aria-describedby="email-error"[^>]*aria-invalid="true"/,
    );
  });

  it('put “Leave this page” first', () => {
    const html = views.render(
      'people/accounts/sign-in/sign-in',
      { values: {}, errors: null, next: null },
      shell,
    );
    expect(html.indexOf('action="/exit"')).to.be.lessThan(html.indexOf('href="/concern"'));
    expect(html.indexOf('class="skip"')).to.be.lessThan(html.indexOf('action="/exit"'));
  });

  it('show a verdict in less than 10 KB compressed, without fonts', () => {
    const values = {
      verdict: 'valid',
      facts: [{ label: 'Course', value: 'Airline and transport' }],
      checkedAt: '24 November 2026 at 14:52, Oslo time',
      nameCheck: { action: '/verify/x/name', value: '', result: null },
      reason: null,
      date: null,
    };
    const page = gzipSync(views.render('proof/certificates/verification/verify', values, shell)).length;
    const styles = gzipSync(readFileSync(join(ours, 'assets/app.css'))).length;
    expect(page + styles).to.be.lessThan(10_000);
  });
});
