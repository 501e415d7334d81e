/*
 * Keeps the place in a lesson, and finishes lessons over a line that drops. A finished lesson is written to this device
 * before it is sent, and struck out once the server has said that it has it: none is lost, and none is called sent that is
 * not. As with answers (answers.js), nothing may stay here after "Leave this page" or signing out; app.js clears the storage.
 */

/** Each finished lesson by the address that takes it. Somebody else's is of no use here: the server says 404. */
const KEY = 'lesson:';
const FIRST = 2_000;

const words = document.getElementById('marks')?.dataset;
const state = document.querySelector('#marks [role=status]');
const form = document.querySelector('form[data-mark]');
const waiting = () =>
  Object.keys(localStorage).flatMap(key => (key.startsWith(KEY) ? key.slice(KEY.length) : []));

let wait = FIRST;
let timer;
let turn = Promise.resolve();

/** Send all that waits, one after the other. Gives what became of each address. */
export function flush() {
  clearTimeout(timer);
  turn = turn.then(async () => {
    const results = new Map();
    for (const path of waiting()) {
      results.set(path, await send(path));
      if (results.get(path).kind === 'waits') break;
    }
    tell(results);
    const isDown = [...results.values()].some(({ kind }) => kind === 'waits');
    if (isDown) timer = setTimeout(flush, wait);
    wait = isDown ? Math.min(wait * 2, 60_000) : FIRST;
    return results;
  });
  return turn;
}

async function send(path) {
  let answer = await post(path, form?.elements._csrf?.value);
  if (answer?.status === 401 || answer?.status === 403) {
    const token = await freshToken(path);
    if (token === null) return { kind: 'signed-out' };
    answer = token && (await post(path, token));
  }
  if (answer?.finished) {
    localStorage.removeItem(KEY + path);
    return { kind: 'sent', next: answer.next };
  }
  // Of somebody who used this device before, or of a lesson that is no more: of no use here, and nobody's business.
  if (answer?.status === 404) localStorage.removeItem(KEY + path);
  return { kind: answer?.status === 404 ? 'refused' : 'waits' };
}

/** What one try came to; null while nobody answered who could know. */
async function post(path, token = '') {
  const body = new URLSearchParams({ _csrf: token });
  const headers = { accept: 'application/json' };
  try {
    const answer = await fetch(path, { method: 'POST', body, headers, signal: AbortSignal.timeout(20_000) });
    return { status: answer.status, ...(await answer.json()) };
  } catch {
    return null;
  }
}

/**
 * For whoever is signed in now; a copy holds none, and one of an ended session opens nothing. Null: nobody is signed in;
 * undefined: nobody answered.
 */
async function freshToken(path) {
  const course = path.split('/').slice(0, 3).join('/');
  const page = await fetch(course, { cache: 'no-store' }).catch(() => null);
  if (page?.redirected) return null;
  return /name="_csrf" value="([^"]+)"/.exec(await page?.text())?.[1];
}

/** Say it on the page, where there is a place for it. */
function tell(results) {
  if (!state || results.size === 0) return;
  const kinds = [...results.values()].map(({ kind }) => kind);
  const left = waiting().length;
  if (kinds.includes('signed-out')) say(words.signin);
  else if (kinds.includes('waits')) say(words.waiting.replace('#', left));
  else if (kinds.includes('sent')) say(words.sent.replace('#', clock()), 'good');
  else say(words.refused);
}

const clock = () =>
  new Date().toLocaleTimeString(document.documentElement.lang, { timeStyle: 'short', hourCycle: 'h23' });
/** What is not sent stands out as a notice does. */
function say(text, look = 'panel clay') {
  if (state.textContent === text) return;
  state.className = `strong ${look}`;
  state.textContent = text;
}

let isBusy = false;
form?.addEventListener('submit', async event => {
  const path = new URL(form.action).pathname;
  // Where nothing can be kept, the browser sends the form itself.
  localStorage.setItem(KEY + path, '');
  event.preventDefault();
  if (isBusy) return;
  isBusy = true;
  const { kind, next } = (await flush()).get(path) ?? {};
  isBusy = false;
  if (kind === 'sent') return location.assign(next);
  // Without a line the next lesson may be here.
  if (form.dataset.mark && (await caches.match(form.dataset.mark))) location.assign(form.dataset.mark);
});

addEventListener('online', flush);
document.addEventListener('visibilitychange', () => document.hidden || flush());
if (state && waiting().length > 0) say(words.waiting.replace('#', waiting().length));
flush();

/*
 * The place in a lesson is the furthest of its parts that was read. It is kept on this device alone. A lesson opened again
 * offers to continue there.
 */

// Where something in a lesson was answered, the address goes on after the lesson's own.
const PLACE = `place:${document.documentElement.dataset.reader}:${location.pathname.replace(/\/checks\/.*/, '')}`;

const stops = [...document.querySelectorAll('[data-stop]')];
const resume = document.querySelector('[data-resume]');
let furthest = Number(localStorage.getItem(PLACE)) || 1;

if (!location.hash && furthest > 1 && furthest <= stops.length) {
  const link = resume.querySelector('a');
  link.hash = stops[furthest - 1].id;
  link.querySelector('span').textContent = furthest;
  resume.hidden = false;
}

/** A part is reached once it comes to the middle of the window. */
const middle = new IntersectionObserver(
  entries => {
    for (const { isIntersecting, target } of entries) {
      const place = stops.indexOf(target) + 1;
      if (isIntersecting && place > furthest) localStorage.setItem(PLACE, (furthest = place));
    }
  },
  { rootMargin: '-50% 0px -50% 0px' },
);
stops.forEach(stop => middle.observe(stop));

// A finished lesson begins at its beginning.
form?.addEventListener('submit', () => {
  middle.disconnect();
  localStorage.removeItem(PLACE);
});
