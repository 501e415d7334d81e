/*
 * Long work goes on by itself (components/notices/progress.ejs). While a page shows it, its own text is asked for again, and the bar
 * and the words follow; the words are a live region, so that a change is read out. When the work has ended the whole page
 * is loaded anew, with what came of it. Without a line nothing changes, and it asks again.
 */
const EVERY = 3000;
const box = document.querySelector('[data-progress]');

async function look() {
  const answer = await fetch(box.dataset.progress, { headers: { accept: 'text/html' } }).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const now = page.querySelector('[data-progress]');
  if (!now) return location.reload();
  box.querySelector('progress').value = now.querySelector('progress').value;
  const [shown, words] = [box, now].map(each => each.querySelector('[role=status] span:last-child'));
  // The same words again would be read out again.
  if (shown.textContent !== words.textContent) shown.textContent = words.textContent;
}

if (box) {
  const timer = setInterval(() => {
    if (document.visibilityState === 'visible') look();
  }, EVERY);
  addEventListener('pagehide', () => clearInterval(timer), { once: true });
}
