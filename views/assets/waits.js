/*
 * Keeps true what a page says of a wait, and tells a time of day by the reader's own clock. The words are chosen as on the
 * server (i18n/waits.ts). Nothing here decides: the server says when another try may start.
 */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const plural = new Intl.PluralRules(document.documentElement.lang);

for (const shown of document.querySelectorAll('time[data-wait]')) keepTrue(shown);

function keepTrue(shown) {
  const [forms, until] = [JSON.parse(shown.dataset.forms), Date.parse(shown.dateTime)];
  // Counted from when the page came: the clock of a device may be wrong.
  const end = performance.now() + Number(shown.dataset.wait);
  const tell = () => {
    const left = end - performance.now();
    const text = inWords(forms, until, left);
    if (shown.textContent !== text) shown.textContent = text;
    if (left > 0) return;
    clearInterval(timer);
    const again = shown.parentElement.querySelector('a[hidden]');
    if (again) again.hidden = false;
  };
  const timer = setInterval(tell, 1000);
  tell();
}

function inWords({ over, minutes, hours, tomorrow, on, tag }, until, left) {
  if (left <= 0) return over;
  const filled = (byForm, count) => byForm[plural.select(count)].replace('#', count);
  if (left <= HOUR) return filled(minutes, Math.ceil(left / MINUTE));
  const end = new Date(until);
  const time = end.toLocaleTimeString(tag, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const dayOf = ms => new Date(ms).setHours(0, 0, 0, 0);
  const days = Math.round((dayOf(until) - dayOf(until - left)) / (24 * HOUR));
  if (days === 0) return filled(hours, Math.round(left / HOUR)).replace('@', time);
  const date = end.toLocaleDateString(tag, { day: 'numeric', month: 'long', year: 'numeric' });
  return (days === 1 ? tomorrow : on.replace('#', date)).replace('@', time);
}
