/*
 * Stands between the pages and the line. Styles, scripts and pictures come from this device; pages always come from the
 * server, and only without a line from what is kept here: a page that its reader asked to keep (copies.js), or one that
 * says what can be done now. It stores no page of anybody by itself, and never touches a form.
 *
 * The server puts a line before this text: SHELL, with a name for this set of files, and their addresses.
 */

/** The same for everybody. They are fetched without a cookie, and a copy names nobody. */
const PAGES = ['/offline', '/offline/concern'];
const DAY = 86_400_000;

addEventListener('install', event => {
  skipWaiting();
  event.waitUntil(fill());
});

/** Addresses of files carry a hash: pages of an older set are served by the network, so this one may begin at once. */
addEventListener('activate', event => event.waitUntil(begin()));

addEventListener('fetch', event => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (pathname.startsWith('/assets/')) event.respondWith(fileOf(request));
  else if (request.mode === 'navigate') event.respondWith(pageOf(event, pathname));
});

async function fill() {
  const cache = await caches.open(SHELL.name);
  await Promise.all([cache.addAll(SHELL.assets), ...PAGES.map(path => keepPage(cache, path))]);
}

async function keepPage(cache, path) {
  const answer = await fetch(`${path}?copy`, { credentials: 'omit', cache: 'no-store' });
  if (!answer.ok || answer.redirected) throw new Error(`${path} answered ${answer.status}`);
  await cache.put(path, answer);
}

async function begin() {
  // The browser asks for the page while this worker wakes up.
  await registration.navigationPreload?.enable();
  const old = (await caches.keys()).filter(name => name.startsWith('shell:') && name !== SHELL.name);
  await Promise.all(old.map(name => caches.delete(name)));
}

const fileOf = async request => (await caches.match(request)) ?? fetch(request);

async function pageOf(event, path) {
  try {
    const page = (await event.preloadResponse) ?? (await fetch(event.request));
    event.waitUntil(freshen());
    return page;
  } catch {
    const instead = path === '/concern' ? '/offline/concern' : '/offline';
    return (await copyOf(path)) ?? (await copyOf(instead)) ?? Response.error();
  }
}

/** What a reader kept comes before what is the same for everybody: it has the reporting line of their own organisation. */
async function copyOf(path) {
  for (const name of await caches.keys()) {
    const copy = name.startsWith('kept:') && (await (await caches.open(name)).match(path));
    if (copy) return copy;
  }
  return caches.match(path);
}

/** Telephone numbers change: the pages that hold them are fetched again when they are a day old. */
let isFresh = false;
async function freshen() {
  if (isFresh) return;
  isFresh = true;
  // All was cleared: nothing may come back by itself.
  if (!(await caches.has(SHELL.name))) return;
  const cache = await caches.open(SHELL.name);
  const kept = await cache.match(PAGES[0]);
  if (!kept || Date.now() - Date.parse(kept.headers.get('date')) < DAY) return;
  await Promise.all(PAGES.map(path => keepPage(cache, path))).catch(() => {});
}
