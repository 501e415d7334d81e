/*
 * Keeps the place in a lesson: the furthest of its parts that was read, on this device alone. As with answers (answers.js),
 * nothing stays here after "Leave this page" or signing out; app.js clears the storage. A lesson opened again offers to
 * continue there. Every lesson works without this file.
 */

// Where something in a lesson was answered, the address goes on after the lesson's own.
const KEY = `place:${document.documentElement.dataset.reader}:${location.pathname.replace(/\/checks\/.*/, '')}`;

const stops = [...document.querySelectorAll('[data-stop]')];
const resume = document.querySelector('[data-resume]');
let furthest = Number(localStorage.getItem(KEY)) || 1;

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
      if (isIntersecting && place > furthest) localStorage.setItem(KEY, (furthest = place));
    }
  },
  { rootMargin: '-50% 0px -50% 0px' },
);
stops.forEach(stop => middle.observe(stop));

// A finished lesson begins at its beginning.
document.querySelector('form[data-mark]')?.addEventListener('submit', () => {
  middle.disconnect();
  localStorage.removeItem(KEY);
});
