/*
 * Saves answers without leaving the page, and carries them over a line that drops. Every page works without this file.
 *
 * An answer is written to this device before it is sent, and struck out once the server has said that it is on disk:
 * none is lost, and none is called saved that is not. Nothing may stay here after "Leave this page" or signing out
 * (app.js clears the storage): whoever looks at the device next must not learn what this person was doing.
 */

const words = document.getElementById('saving').dataset;
const form = document.querySelector('main form[method="post"]');
const attempt = new URL(form.action).pathname.split('/').slice(0, 3).join('/');
const live = form.querySelector('.state[role]');
const id = () => Math.random().toString(36).slice(2);
const tab = id();

/** Each question of this page by the address that takes its answers; its fields have a prefix on a page of many. */
const parts = new Map(
  [...document.querySelectorAll('[data-slot]')].map(element => {
    const prefix = form.contains(element) ? `s${element.dataset.slot}-` : '';
    const path = `${attempt}/answers/${element.dataset.slot}`;
    return [
      path,
      { prefix, state: element.querySelector('.state'), sequence: form.elements[`${prefix}sequence`] },
    ];
  }),
);
const isOnePage = document.querySelector('form [data-slot]') !== null;

/** In memory, where the browser keeps nothing for us. */
const memory = Object.create({
  getItem(key) {
    return this[key] ?? null;
  },
  setItem(key, value) {
    this[key] = value;
  },
  removeItem(key) {
    delete this[key];
  },
});
let store = memory;
try {
  localStorage.setItem('answer', '');
  localStorage.removeItem('answer');
  store = localStorage;
} catch {
  words.waiting = words.open;
}

/*
 * What waits, by address: [{id, tab, fields, sequence, tried, problem}], at most one that may have arrived already and
 * the newest after it. They go out one after the other, so that a slot's answers stay in order.
 */
const KEY = 'answer:';
const paths = () => Object.keys(store).flatMap(key => (key.startsWith(KEY) ? key.slice(KEY.length) : []));
const read = path => JSON.parse(store.getItem(KEY + path) ?? '[]');
const write = (path, list) =>
  list.length > 0 ? store.setItem(KEY + path, JSON.stringify(list)) : store.removeItem(KEY + path);
const change = (path, entry, by) =>
  write(
    path,
    read(path).map(each => (each.id === entry.id ? { ...each, ...by } : each)),
  );
const ours = () => paths().filter(path => path.startsWith(`${attempt}/`));
const isWaiting = () => ours().some(path => read(path).some(({ problem }) => !problem));

/** Everything was cleared, here or in another tab: nothing is written any more. */
let isOver = false;
addEventListener('storage', ({ key }) => (isOver ||= key === null));

function keep(path) {
  if (isOver) return;
  const { prefix, sequence } = parts.get(path);
  const fields = [...new FormData(form)]
    .filter(([name]) => name.startsWith(prefix) && !['_csrf', `${prefix}sequence`].includes(name))
    .map(([name, value]) => [name.slice(prefix.length), value]);
  const list = read(path);
  const last = list.at(-1);
  if (last?.tried && !last.problem && JSON.stringify(last.fields) === JSON.stringify(fields)) return;
  if (last && (last.problem || (last.tab === tab && !last.tried))) list.pop();
  const problem = last?.problem === 'stale' ? 'stale' : undefined;
  write(path, [...list, { id: id(), tab, fields, sequence: sequence.value, problem }]);
}

/** What one try came to; null while nobody answered who could know. */
async function post(path, { fields, sequence }) {
  const body = new URLSearchParams([...fields, ['sequence', sequence], ['_csrf', form.elements._csrf.value]]);
  const headers = { accept: 'application/json' };
  try {
    const answer = await fetch(path, { method: 'POST', body, headers, signal: AbortSignal.timeout(20_000) });
    return { status: answer.status, ...(await answer.json()) };
  } catch {
    return null;
  }
}

/** A token for whoever is signed in now; a token of an ended session opens nothing. */
async function renewToken() {
  const page = await fetch(`${attempt}/questions`).catch(() => null);
  if (!page?.ok || !new URL(page.url).pathname.startsWith(attempt)) return false;
  const token = /name="_csrf" value="([^"]+)"/.exec(await page.text())?.[1];
  for (const field of document.getElementsByName('_csrf')) field.value = token;
  return true;
}

/** Send the first of an address. Whether the next may follow at once. */
async function send(path, head) {
  change(path, head, { tried: true });
  let answer = await post(path, head);
  const isRefused = () => answer?.status === 401 || answer?.status === 403;
  if (isRefused() && (await renewToken())) answer = await post(path, head);
  const { status, kind, savedAt, sequence, text, next } = answer ?? {};
  if (savedAt > 0) {
    // An entry that was cleared meanwhile is not written again.
    const rest = read(path).filter(each => each.id !== head.id);
    write(
      path,
      rest.map(each => (each.tab === head.tab ? { ...each, sequence } : each)),
    );
    if (head.tab === tab && parts.has(path)) parts.get(path).sequence.value = sequence;
    const time = new Date(savedAt).toLocaleTimeString(words.locale, { timeStyle: 'short', hourCycle: 'h23' });
    say(path, text ?? words.saved.replace('#', time), null, text ? 'strong' : 'hint good');
    return { next, isHalf: !next };
  }
  if (isRefused() || !(status < 500) || status === 429) {
    say(path, isRefused() ? words.signin : words.waiting);
    return null;
  }
  // Of somebody who used this device before: of no use here, and nobody's business.
  if (status === 404) write(path, []);
  else if (kind === 'closed' || kind === 'out-of-time') {
    write(path, []);
    say(path, text ?? words.closed, next);
    return { isClosed: true };
  } else tell(path, { ...head, problem: kind ?? 'refused' }, text);
  return {};
}

/** An answer that the server does not take: its own page tells why, at once where that loses nothing. */
function tell(path, entry, text = words.stale) {
  change(path, entry, entry);
  if (parts.has(path) && !isOnePage) submit(path, [...entry.fields, ['sequence', entry.sequence]]);
  else say(path, text, parts.has(path) ? null : path.replace('answers', 'questions'));
}

/** Other tabs of this browser that are open send their answers themselves. */
const others = async () => (await navigator.locks?.query())?.held.map(({ name }) => name) ?? [];
navigator.locks?.request(tab, () => new Promise(() => {}));

const FIRST = 2_000;
let wait = FIRST;
let timer;
let turn = Promise.resolve();

/** Send all that waits. Gives what became of each address. */
function flush() {
  clearTimeout(timer);
  turn = turn.then(async () => {
    const results = new Map();
    const open = await others();
    for (const path of paths()) {
      for (;;) {
        const [head] = read(path);
        if (!head || head.problem || (head.tab !== tab && open.includes(head.tab))) break;
        const result = await send(path, head);
        results.set(path, result);
        if (!result) break;
      }
    }
    const isDown = [...results.values()].includes(null);
    if (isDown) timer = setTimeout(flush, wait);
    wait = isDown ? Math.min(wait * 2, 60_000) : FIRST;
    return results;
  });
  return turn;
}

/** What is not saved stands out as a notice does. */
const NOT_SAVED = 'panel clay strong';

/** Say it beside the question, and where screen readers hear of it. */
function say(path, text, href, look = NOT_SAVED) {
  if (!path.startsWith(`${attempt}/`)) return;
  const own = parts.get(path)?.state;
  const named = `${words.question.replace('#', path.split('/').at(-1))}: ${text}`;
  for (const place of new Set([own, live])) {
    const said = place === own ? text : named;
    if (!place || place.textContent === said) continue;
    place.className = `state ${look}`;
    place.replaceChildren(
      href ? Object.assign(document.createElement('a'), { href, textContent: said }) : said,
    );
  }
}

/** Go where the server's own page tells what became of it: with the form as it stands, or with these fields alone. */
let isSubmitting = false;
function submit(action, fields) {
  isSubmitting = true;
  const own = fields ? document.createElement('form') : form;
  for (const [name, value] of fields ? [...fields, ['_csrf', form.elements._csrf.value]] : []) {
    own.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
  }
  if (fields) Object.assign(own, { action, method: 'post' }).hidden = true;
  if (fields) document.body.append(own);
  own.submit();
}

form.addEventListener('submit', async event => {
  event.preventDefault();
  const [path] = isOnePage ? [] : parts.keys();
  if (path) keep(path);
  const results = await flush();
  const isClosed = [...results.values()].some(result => result?.isClosed);
  if (!isOver && (isWaiting() || isClosed || isSubmitting)) return;
  const { next } = results.get(path) ?? {};
  if (next) return location.assign(next);
  const { name, value } = event.submitter ?? {};
  if (name) form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
  submit();
});

if (isOnePage) {
  form.addEventListener('input', ({ target }) => {
    keep(`${attempt}/answers/${target.closest('[data-slot]').dataset.slot}`);
    clearTimeout(timer);
    timer = setTimeout(flush, target.matches('textarea') ? 800 : 150);
  });
}

addEventListener('online', flush);
document.addEventListener('visibilitychange', () => document.hidden || flush());
addEventListener('beforeunload', event => {
  if (isWaiting() && !isSubmitting && !document.documentElement.hidden) event.preventDefault();
});

/** Signing out clears what waits: say so first. */
let isWarned = false;
document.addEventListener(
  'submit',
  event => {
    if (isWarned || !event.target.matches('[action="/sign-out"]') || !isWaiting()) return;
    isWarned = true;
    event.preventDefault();
    event.stopPropagation();
    live.className = `state ${NOT_SAVED}`;
    live.textContent = words.discard;
    live.scrollIntoView({ block: 'center' });
  },
  true,
);

/** What an earlier page left: told already, or to be shown again and sent. */
const open = await others();
for (const path of paths()) {
  const list = read(path);
  const isTold = document.querySelector('[data-told]') && parts.has(path);
  const isOurs = path.startsWith(`${attempt}/`);
  if (isTold || (!isOurs && list[0].problem)) write(path, []);
  else if (isOurs && list[0].problem && !parts.has(path)) tell(path, list[0]);
  else if (parts.has(path) && list.every(entry => !open.includes(entry.tab))) {
    write(
      path,
      list.map(entry => ({ ...entry, tab, problem: undefined })),
    );
    restore(parts.get(path), list.at(-1));
  }
}
flush();

/** Not of a case: what was decided there belongs to where the case stood then. */
function restore({ prefix }, { fields }) {
  if (form.elements.path) return;
  for (const [name, value] of fields) {
    for (const field of document.getElementsByName(prefix + name)) {
      if (['radio', 'checkbox'].includes(field.type)) field.checked ||= field.value === value;
      else field.value = value;
    }
  }
}

/** A plate shows which of its parts are marked, and takes a tap on a number for one on its box in the list. */
for (const plate of document.querySelectorAll('[data-exhibit=plate]')) {
  const boxes = plate.querySelectorAll('li');
  const numbers = plate.querySelectorAll('[data-numbered]');
  const boxOf = number => boxes[number.dataset.numbered - 1].querySelector('input');
  const show = () => numbers.forEach(number => number.classList.toggle('is-marked', boxOf(number)?.checked));
  plate.addEventListener('change', show);
  plate.addEventListener('click', ({ target }) => {
    const number = target.closest('[data-numbered]');
    if (number) boxOf(number)?.click();
  });
  show();
}
