import { judge, readDid } from '../judge.ts';
import { factLines } from '../verdict-report.ts';
import { adviceOn, VERDICTS, WORDS } from '../offline-words.ts';
import { canCheck } from './proofs.ts';

/** As large as the website takes, in bytes. */
const MOST = 5_000_000;

const part = id => document.getElementById(id);

part('form').addEventListener('submit', event => {
  event.preventDefault();
  void check();
});

void canCheck().then(can => {
  if (can) return;
  part('cannot').hidden = false;
  part('check').disabled = true;
});

async function check() {
  const [file, did, list] = await Promise.all([chosen('file'), chosen('did'), chosen('list')]);
  const keys = did ? readDid(did.toString()) : null;
  part('file-problem').hidden = file !== null;
  part('did-problem').hidden = keys !== null;
  mark('file', file === null);
  mark('did', keys === null);
  part('answer').hidden = true;
  if (!file || !keys) return part(file ? 'did' : 'file').focus();
  show(await judge({ file, did: keys, list: list?.toString() ?? null, now: Date.now() }));
}

/** Null when there is none, or one that is too large. */
async function chosen(id) {
  const [file] = part(id).files;
  return file && file.size <= MOST ? Buffer.from(await file.arrayBuffer()) : null;
}

function mark(id, isWrong) {
  if (isWrong) part(id).setAttribute('aria-invalid', 'true');
  else part(id).removeAttribute('aria-invalid');
}

function show(judged) {
  const { title, text } = VERDICTS[judged.verdict];
  part('answer').dataset.verdict = judged.verdict;
  part('title').textContent = title;
  part('text').textContent = [text, ...adviceOn(judged.reasons)].join(' ');
  part('facts').replaceChildren(
    ...factLines(judged).flatMap(({ label, value }) => [cell('dt', label), cell('dd', value)]),
  );
  part('compare').textContent = judged.facts ? WORDS.compare : '';
  part('answer').hidden = false;
  part('title').focus();
}

/** Text only: what a file says is never taken for markup. */
function cell(name, text) {
  const element = document.createElement(name);
  element.textContent = text;
  if (name === 'dd') element.dir = 'auto';
  return element;
}
