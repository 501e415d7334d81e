/*
 * Says shortly before a session ends that it will, and offers to go on with it. It asks the server nothing until somebody presses the
 * button: a page that lies open keeps nobody signed in. Without this file nothing that was saved is lost, either.
 */

const WARNED = 5 * 60_000;

const box = document.querySelector('[data-ends]');
const [words, stay, leave, close] = [box.querySelector('[aria-live]'), ...box.querySelectorAll('button, a')];

/** When the session ends, by this device's clock (ms), and whether it can be prolonged. */
let end;
let canStay;
/** What was said last: nothing, that it ends soon, or that it has ended. */
let said = null;

/** Other pages of the same person: whichever was opened last knows best. */
const tabs = new BroadcastChannel(`session ${document.documentElement.dataset.reader}`);

function learn([at, isProlonged]) {
  [end, canStay, said] = [at, isProlonged, null];
  if (box.open) box.close();
}

function tell(what) {
  if (said === what) return;
  said = what;
  words.textContent = words.dataset[what === 'soon' && !canStay ? 'last' : what];
  [stay.hidden, leave.hidden] = [what !== 'soon' || !canStay, what !== 'over'];
  if (!box.open) return box.showModal();
  // The button that had the focus may be gone.
  close.focus();
}

function look() {
  const rest = end - Date.now();
  if (rest <= 0) tell('over');
  else if (rest <= WARNED) tell('soon');
}

/** Any page prolongs the session; this one says until when. On a device that others use it is due to be left: there it comes anew. */
stay.addEventListener('click', async () => {
  if (box.dataset.shared !== undefined) return location.reload();
  const asked = Date.now();
  const page = await fetch(location.href).then(
    answer => answer.text(),
    () => null,
  );
  if (page === null) return void (words.textContent = words.dataset.failed);
  const now = new DOMParser().parseFromString(page, 'text/html').querySelector('[data-ends]');
  if (!now) return tell('over');
  learn([asked + Number(now.dataset.ends), now.dataset.stays !== undefined]);
  tabs.postMessage([end, canStay]);
});
close.addEventListener('click', () => box.close());

tabs.addEventListener('message', ({ data }) => data[0] > end && learn(data));
learn([Number(box.dataset.at), box.dataset.stays !== undefined]);
tabs.postMessage([end, canStay]);
setInterval(look, 1000);
