// Asks the device for a passkey and sends what it answers with the form. Loaded when somebody presses such a button.
const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
const letters = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
const credentials = (list = []) => list.map((each) => ({ ...each, id: bytes(each.id) }));

export async function ask(form) {
  const problem = form.querySelector('.problem.passkey');
  problem.hidden = true;
  const answer = await fetch(form.dataset.passkey, { redirect: 'manual' }).catch(() => null);
  if (!answer?.ok) return form.submit(); // the server says what is the matter
  const options = await answer.json();
  options.challenge = bytes(options.challenge);
  try {
    let made;
    if (options.user) {
      options.user.id = bytes(options.user.id);
      options.excludeCredentials = credentials(options.excludeCredentials);
      made = await navigator.credentials.create({ publicKey: options });
    } else {
      options.allowCredentials = credentials(options.allowCredentials);
      made = await navigator.credentials.get({ publicKey: options });
    }
    const response = {};
    for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'])
      if (made.response[name]) response[name] = letters(made.response[name]);
    response.transports = made.response.getTransports?.();
    form.elements.credential.value = JSON.stringify({ id: made.id, rawId: made.id, type: made.type, response });
  } catch {
    problem.hidden = false;
    return undefined;
  }
  return form.submit();
}
