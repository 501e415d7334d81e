/*
 * Small comforts. Every page works without this file.
 */

const EXIT_FORM = 'form[data-exit]';
const SAFE_SITE = document.querySelector(EXIT_FORM)?.dataset.exit;

/** What is kept on this device goes with its owner, also while the line is down, when no Clear-Site-Data comes. */
function forget() {
  try {
    localStorage.clear();
  } catch {
    // The browser keeps nothing for us.
  }
  self.caches?.keys().then(names => names.forEach(name => caches.delete(name)));
  navigator.serviceWorker?.getRegistrations().then(all => all.forEach(each => each.unregister()));
}

/** Leave at once: end the session in the background and put a neutral page in place of this one. */
function leave() {
  const form = document.querySelector(EXIT_FORM);
  document.documentElement.hidden = true;
  forget();
  // The answer leads to the neutral place; this page goes there itself.
  fetch(form.action, { method: 'POST', keepalive: true, redirect: 'manual' });
  location.replace(SAFE_SITE);
}

document.querySelector(EXIT_FORM)?.addEventListener('submit', event => {
  event.preventDefault();
  leave();
});

document.querySelector('form[action="/sign-out"]')?.addEventListener('submit', forget);

/** Escape three times within two seconds leaves the page, too. */
let presses = [];
document.addEventListener('keydown', event => {
  if (event.key !== 'Escape') return;
  presses = [...presses.filter(time => event.timeStamp - time < 2000), event.timeStamp];
  if (presses.length >= 3 && SAFE_SITE) leave();
});

/** A page kept for the Back button may be of a session that has ended. */
addEventListener('pageshow', event => {
  if (event.persisted) location.reload();
});

/** Lessons kept for one person (copies.js) are not there for another one, nor once the session is over. */
const READER = document.documentElement.dataset.reader;
if (READER) {
  self.caches?.keys().then(names => {
    for (const name of names) {
      if (!name.startsWith('kept:')) continue;
      if (name.startsWith(`kept:${READER}:`)) freshen(name);
      else caches.delete(name);
    }
  });
}

/** Telephone numbers change: whom to tell, kept with the lessons, is asked for again once it is a day old. */
async function freshen(name) {
  const path = '/offline/concern';
  const cache = await caches.open(name);
  const copy = await cache.match(path);
  if (!copy || Date.now() - Date.parse(copy.headers.get('date')) < 86_400_000) return;
  const answer = await fetch(`${path}?copy`, { cache: 'no-store' }).catch(() => null);
  if (answer?.ok && !answer.redirected) await cache.put(path, answer);
}

// After the page, which comes first on a thin line.
addEventListener('load', () => navigator.serviceWorker?.register('/worker.js').catch(() => {}));

/**
 * A finished lesson goes over a line that drops, and what waits of others goes with whatever page comes next. The place in a
 * lesson is its reader's own.
 */
try {
  const waits = Object.keys(localStorage).some(key => key.startsWith('lesson:'));
  if (waits || document.querySelector('form[data-mark]')) import('./marks.js');
  const places = Object.keys(localStorage).filter(key => key.startsWith('place:'));
  if (READER)
    places.filter(key => !key.startsWith(`place:${READER}:`)).forEach(key => localStorage.removeItem(key));
} catch {
  // The browser keeps nothing for us: it sends the form itself.
}

/** What is folded away opens for a link that leads into it. Some browsers do so by themselves. */
document.addEventListener('click', ({ target }) => {
  const link = target.closest('a[href^="#"]');
  const fold = link && document.getElementById(link.hash.slice(1))?.closest('details');
  if (fold) fold.open = true;
});

/** What came of a form is what its page says first: a part that was there from the beginning is not read out by itself. */
const told = document.querySelector('main :is(.summary, .notice[role])');
told?.focus();
// An address that names a part of the page takes the focus there when all is loaded.
if (location.hash) addEventListener('load', () => told?.focus());

for (const button of document.querySelectorAll('[data-shows]')) {
  const field = document.getElementById(button.dataset.shows);
  const showLabel = button.getAttribute('aria-label');
  const turn = show => {
    field.type = show ? 'text' : 'password';
    button.setAttribute('aria-label', show ? button.dataset.hideLabel : showLabel);
    button.querySelector('span').textContent = show ? button.dataset.hide : button.dataset.show;
  };
  button.hidden = false;
  button.addEventListener('click', () => {
    const show = field.type === 'password';
    turn(show);
    button.closest('.field').querySelector('[aria-live]').textContent = show
      ? button.dataset.shown
      : button.dataset.hidden;
  });
  // Sent as what it is, or the browser would offer it again as an ordinary text.
  field.form?.addEventListener('submit', () => turn(false));
}

for (const button of document.querySelectorAll('[data-copy]')) {
  const field = button.nextElementSibling;
  const told = field.nextElementSibling;
  button.hidden = false;
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      told.textContent = button.dataset.copied;
      button.querySelector('span').textContent = button.dataset.copied;
    } catch {
      // Refused, or there is no clipboard without https: people can still copy by hand.
      field.hidden = false;
      field.select();
      told.classList.remove('sr-only');
      told.textContent = button.dataset.refused;
    }
  });
}

if (document.querySelector('time[data-wait]')) import('./waits.js');

/** Only a page that lies open asks for what warns of the end of its session. */
const staying = document.querySelector('[data-ends]');
if (staying) {
  staying.dataset.at = Date.now() + Number(staying.dataset.ends);
  setTimeout(() => import('./staying.js').catch(() => {}), 10_000);
}

/** A second press while the first is under way does nothing; the form wakes up again after ten seconds. */
for (const form of document.querySelectorAll('form[method="post"]')) {
  form.addEventListener('submit', event => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = 'yes';
    setTimeout(() => delete form.dataset.sent, 10_000);
  });
}

/** The time left, read out only five minutes and one minute before the end. The server holds the time. */
function watchTime(box) {
  const MINUTE = 60_000;
  const { ms, less, forms, over } = box.dataset;
  const [byForm, rules] = [JSON.parse(forms), new Intl.PluralRules(document.documentElement.lang)];
  const [words, button] = [box.querySelector('.with-icon'), box.querySelector('button')];
  const end = performance.now() + Number(ms);
  const waiting = [5, 1];
  const inWords = minutes => (minutes < 1 ? less : byForm[rules.select(minutes)].replace('#', minutes));

  const timer = setInterval(() => {
    const rest = end - performance.now();
    box.querySelector('[data-left]').textContent = rest > 0 ? inWords(Math.floor(rest / MINUTE)) : over;
    if (rest <= 0) return clearInterval(timer);
    // Of marks that a page was opened behind, none is told late.
    while (rest <= waiting[0] * MINUTE) {
      const minutes = waiting.shift();
      if (rest > (minutes - 0.5) * MINUTE && !words.hidden)
        box.querySelector('[role=status]').textContent = inWords(minutes);
    }
  }, 1000);

  const hide = button.textContent;
  button.hidden = false;
  button.addEventListener('click', () => {
    words.hidden = !words.hidden;
    button.setAttribute('aria-pressed', String(words.hidden));
    button.querySelector('span').textContent = words.hidden ? button.dataset.show : hide;
  });
}

const time = document.getElementById('time-left');
if (time) watchTime(time);
