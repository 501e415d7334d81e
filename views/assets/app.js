/*
 * Small comforts. Every page works without this file.
 */

const EXIT_FORM = 'form[data-exit]';
const SAFE_SITE = document.querySelector(EXIT_FORM)?.dataset.exit;

/** Leave at once: end the session in the background and put a neutral page in place of this one. */
function leave() {
  const form = document.querySelector(EXIT_FORM);
  document.documentElement.hidden = true;
  // The answer leads to the neutral place; this page goes there itself.
  fetch(form.action, { method: 'POST', keepalive: true, redirect: 'manual' });
  location.replace(SAFE_SITE);
}

document.querySelector(EXIT_FORM)?.addEventListener('submit', event => {
  event.preventDefault();
  leave();
});

/** Escape three times within two seconds leaves the page, too. */
let presses = [];
document.addEventListener('keydown', event => {
  if (event.key !== 'Escape') return;
  presses = [...presses.filter(time => event.timeStamp - time < 2000), event.timeStamp];
  if (presses.length >= 3 && SAFE_SITE) leave();
});

/** A page that the browser kept for its Back button may belong to a session that has ended: ask again. */
addEventListener('pageshow', event => {
  if (event.persisted) location.reload();
});

document.querySelector('.summary')?.focus();

for (const button of document.querySelectorAll('[data-shows]')) {
  button.hidden = false;
  button.addEventListener('click', () => {
    const field = document.getElementById(button.dataset.shows);
    const show = field.type === 'password';
    field.type = show ? 'text' : 'password';
    button.setAttribute('aria-pressed', String(show));
    button.querySelector('span').textContent = show ? button.dataset.hide : button.dataset.show;
  });
}

for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = !navigator.clipboard;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.querySelector('span').textContent = button.dataset.copied;
  });
}

/** A second press while the first is under way does nothing; the form wakes up again after ten seconds. */
for (const form of document.querySelectorAll('form[method="post"]')) {
  form.addEventListener('submit', event => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = 'yes';
    setTimeout(() => delete form.dataset.sent, 10_000);
  });
}
