/*
 * Keeps the lessons of a course, or a card, on this device, when their reader presses for it and not before. The copies name nobody
 * (`?copy`). With each comes the page that says whom to tell: that of the worker has no line of the reader's own organisation. app.js
 * removes them when somebody else, or nobody, is signed in here; leaving and signing out do so, too.
 *
 * Each has a cache of its own, named after its reader: `kept:<reader>:<address>`.
 */

const KEPT = 'kept:';
/** What stands in such a cache about itself: {title, pages, bytes}. */
const ABOUT = '/about-this-copy';
/** Whom to tell, as its reader sees it. */
const CONCERN = '/offline/concern';
/** Pages asked for at the same time. */
const AT_ONCE = 4;

const panel = document.getElementById('keep');
const list = document.getElementById('kept');
if (panel && self.caches && navigator.serviceWorker) await offer(panel);
if (list && self.caches) await show(list);

async function offer({ dataset: words }) {
  const name = `${KEPT}${document.documentElement.dataset.reader}:${words.path}`;
  const [state, bar] = [panel.querySelector('[role=status]'), panel.querySelector('progress')];
  const [keepButton, removeButton] = panel.querySelectorAll('button');

  const say = async text => {
    const about = await aboutCopy(name);
    keepButton.hidden = about !== null;
    removeButton.hidden = about === null;
    state.textContent = text ?? (about ? filled(words.kept, about) : '');
  };
  const press = (button, work) =>
    button.addEventListener('click', async () => {
      if (panel.getAttribute('aria-busy')) return;
      panel.setAttribute('aria-busy', 'true');
      const text = await work();
      panel.removeAttribute('aria-busy');
      bar.hidden = true;
      const isFocused = document.activeElement === button;
      await say(text);
      if (isFocused) panel.querySelector('button:not([hidden])').focus();
    });

  press(keepButton, async () => {
    state.textContent = words.working;
    bar.hidden = false;
    try {
      await keep(name, words, part => (bar.value = part));
      return null;
    } catch {
      // Half a course would look like a whole one.
      await caches.delete(name);
      return words.failed;
    }
  });
  press(removeButton, async () => {
    await caches.delete(name);
    return words.removed;
  });
  await say();
  panel.hidden = false;
}

/** Throws when any page does not come. `told` hears of the part that is done, from 0 to 1. */
async function keep(name, { path: start, title, copies }, told) {
  const { pages } = copies ? await json(copies) : { pages: [] };
  const files = await json('/offline/assets');
  const wanted = [start, ...pages].map(path => [path, `${path}?copy`]);
  const all = [...wanted, [CONCERN, `${CONCERN}?copy`], ...files.map(path => [path, path])];
  const cache = await caches.open(name);
  const waiting = [...all];
  let bytes = 0;
  const fetchOne = async ([path, address]) => {
    const answer = await fetch(address, address === path ? {} : { cache: 'no-store' });
    if (!answer.ok || answer.redirected) throw new Error(`${address} answered ${answer.status}`);
    const { size } = await answer.clone().blob();
    bytes += size;
    await cache.put(path, answer);
    told(1 - waiting.length / all.length);
  };
  const worker = async () => {
    while (waiting.length > 0) await fetchOne(waiting.shift());
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const about = { title, pages: wanted.length, bytes };
  await cache.put(ABOUT, Response.json(about));
}

async function json(path) {
  const answer = await fetch(path, { headers: { accept: 'application/json' }, cache: 'no-store' });
  if (!answer.ok || answer.redirected) throw new Error(`${path} answered ${answer.status}`);
  return answer.json();
}

async function aboutCopy(name) {
  if (!(await caches.has(name))) return null;
  const about = await (await caches.open(name)).match(ABOUT);
  return about ? about.json() : null;
}

function filled(text, { pages, bytes }) {
  const size = (bytes / 1e6).toLocaleString(document.documentElement.lang, {
    ...{ style: 'unit', unit: 'megabyte', unitDisplay: 'short', maximumFractionDigits: 1 },
  });
  return text.replace('#', pages).replace('#', size);
}

/** On the page for times without a line: what can be read now. */
async function show(place) {
  for (const name of await caches.keys()) {
    if (!name.startsWith(KEPT)) continue;
    const about = await aboutCopy(name);
    if (!about) continue;
    const link = Object.assign(document.createElement('a'), {
      className: 'tall-link',
      href: name.slice(name.indexOf(':', KEPT.length) + 1),
      textContent: about.title,
    });
    const item = document.createElement('li');
    item.append(link);
    place.append(item);
  }
  place.hidden = place.children.length === 0;
  place.nextElementSibling.hidden = !place.hidden;
}
