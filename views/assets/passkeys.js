/*
 * Asks the device for a passkey and sends its answer with the form. Where this file does not run, or the browser knows no passkeys,
 * people use a code or a password.
 */

const toBytes = text =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), sign => sign.charCodeAt(0));
const toText = buffer =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** What JSON cannot hold comes in base64url (Web Authentication, section 5.1.8). */
const withBytes = part => ({ ...part, id: toBytes(part.id) });

async function answerTo(options) {
  const challenge = toBytes(options.challenge);
  if (!options.user) return navigator.credentials.get({ publicKey: { ...options, challenge } });
  const [user, excludeCredentials] = [withBytes(options.user), options.excludeCredentials.map(withBytes)];
  return navigator.credentials.create({ publicKey: { ...options, challenge, user, excludeCredentials } });
}

/** The parts of a response are getters of its class; each that is there and holds bytes is sent. */
const PARTS = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'];
function asJson({ id, type, response }) {
  const parts = PARTS.filter(name => response[name]).map(name => [name, toText(response[name])]);
  return JSON.stringify({
    id,
    rawId: id,
    type,
    clientExtensionResults: {},
    response: Object.fromEntries(parts),
  });
}

/** Asked for on the press of a button: an answer counts for five minutes, and once. */
async function options(form) {
  const body = new URLSearchParams({ _csrf: form.elements._csrf.value });
  const answer = await fetch(form.dataset.passkey, {
    method: 'POST',
    body,
    headers: { accept: 'application/json' },
  });
  if (answer.ok) return answer.json();
  // Signed out meanwhile, or asked again whether it is they: the page itself leads on.
  if (answer.status === 401 || answer.status === 403) location.reload();
  throw new Error(`refused with ${answer.status}`);
}

function onSubmit(form) {
  const [answer, said] = [form.querySelector('[data-answer]'), form.querySelector('[role=status]')];
  form.addEventListener('submit', async event => {
    // The server says that a name is missing before a passkey is made that has none.
    if (form.querySelector('input.input')?.value.trim() === '') return;
    event.preventDefault();
    said.textContent = '';
    try {
      answer.value = asJson(await answerTo(await options(form)));
      form.submit();
    } catch {
      // Given up at the device, or it has none: nothing was sent.
      said.textContent = said.dataset.failed;
      delete form.dataset.sent;
    }
  });
}

if (self.PublicKeyCredential) {
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    form.hidden = false;
    onSubmit(form);
  }
  for (const text of document.querySelectorAll('[data-without-passkeys]')) text.hidden = true;
}
