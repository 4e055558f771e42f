// An extra: every page works without it.
// A form that has been sent is not sent again by a second click; the server would notice anyway.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.method !== 'post') return;
  if (form === typed) typed = null;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = '1';
  setTimeout(() => delete form.dataset.sent, 5000);
});
addEventListener('pageshow', () => {
  for (const form of document.forms) delete form.dataset.sent;
});
document.addEventListener('click', (event) => {
  if (event.target.closest?.('[data-print]')) print();
});
for (const button of document.querySelectorAll('[data-print], [data-extra]')) button.hidden = false;

// What was typed and not sent is not left behind without a question. A password alone is soon typed again.
let typed = null;
addEventListener('beforeunload', (event) => {
  if (typed) event.preventDefault();
  if (typed) event.returnValue = true;
});

const RULES = {
  length: (password) => [...password].length >= 12,
  digit: (password) => /\p{Nd}/u.test(password),
  upper: (password) => /\p{Lu}/u.test(password),
  symbol: (password) => /[^\p{L}\p{N}\s]/u.test(password),
};
let asking = 0;
document.addEventListener('input', ({ target }) => {
  const { form, value, dataset, checked } = target;
  if (form?.method === 'post' && target.type !== 'search' && !form.querySelector('[data-show]')) typed = form;
  if ('show' in dataset) target.closest('.field').querySelector('input').type = checked ? 'text' : 'password';
  if ('all' in dataset) for (const box of target.closest('table').querySelectorAll('td input')) box.checked = checked;
  if (target.name === 'new_password')
    for (const rule of document.querySelectorAll('[data-rule]'))
      rule.className = RULES[rule.dataset.rule]?.(value) ? 'met' : '';
  if (target.type === 'search')
    for (const one of target.closest('fieldset')?.querySelectorAll('.picked .choice') ?? [])
      one.hidden =
        !one.querySelector(':checked') && !one.textContent.toLowerCase().includes(value.trim().toLowerCase());
  const answer = target.name === 'primary_email' && form.querySelector('[data-check]');
  if (!answer) return;
  answer.hidden = true;
  clearTimeout(asking);
  if (value === target.defaultValue) return; // what a request has kept for it is taken by itself alone
  asking = setTimeout(async () => {
    const asked = `${answer.dataset.check}?primary_email=${encodeURIComponent(value)}`;
    const found = await fetch(asked, { headers: { accept: 'application/json' } })
      .then((got) => got.ok && got.json())
      .catch(() => 0);
    if (!found || target.value !== value) return;
    answer.textContent = found.available ? answer.dataset.free : answer.dataset.taken;
    answer.hidden = value.trim() === '';
  }, 600);
});
document.addEventListener('click', async ({ target }) => {
  if (!target.matches?.('[data-copy]')) return;
  await navigator.clipboard.writeText(document.querySelector('[data-copied]').textContent.trim());
  target.textContent = target.dataset.copy;
});
if (!navigator.clipboard) for (const button of document.querySelectorAll('[data-copy]')) button.hidden = true;

// A passkey is offered where the browser knows them; the script for it comes when the button is pressed.
for (const form of document.querySelectorAll('form[data-passkey]')) {
  if (!window.PublicKeyCredential) break;
  form.hidden = false;
  const main = form.querySelector('[data-main]');
  if (main) {
    document.querySelector('button.main').className = '';
    main.className = 'main';
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (form.dataset.asking) return;
    form.dataset.asking = '1';
    import(form.dataset.script).then(({ ask }) => ask(form)).finally(() => delete form.dataset.asking);
  });
}
if (window.PublicKeyCredential) for (const words of document.querySelectorAll('[data-no-passkey]')) words.hidden = true;

// Enter in the search of a picker searches, and the answer is in sight.
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || !event.target.matches?.('form[method=post] .finder input[type=search]')) return;
  event.preventDefault();
  event.target.closest('.finder').querySelector('button').click();
});

// The end of the session is said two minutes before it. Pages in other tabs go on with the same session.
const ending = document.querySelector('.ending');
if (ending) {
  const key = 'ipms-session-end';
  const button = ending.querySelector('button');
  const end = {};
  const stored = (value) => {
    try {
      if (value) localStorage.setItem(key, value);
      return Number(localStorage.getItem(key));
    } catch {
      return 0; // a browser that keeps nothing knows of this page alone
    }
  };
  const learn = ({ idle, whole }) => {
    end.idle = Date.now() + idle * 1000;
    end.whole = Date.now() + whole * 1000;
    stored(end.idle);
  };
  const look = () => {
    const idle = Math.max(end.idle, stored());
    const last = Math.min(idle, end.whole);
    const left = last - Date.now();
    const state = left <= 0 ? 'over' : idle < end.whole ? 'idle' : 'whole';
    ending.hidden = left > 120000;
    button.hidden = state !== 'idle';
    for (const words of ending.querySelectorAll('p')) words.hidden = words.dataset.when !== state;
  };
  learn(ending.dataset);
  setInterval(look, 1000);
  button.addEventListener('click', async () => {
    const answer = await fetch(ending.dataset.ask, { redirect: 'manual' }).catch(() => null);
    if (answer?.ok) learn(await answer.json());
    else if (answer) end.idle = end.whole = stored(1);
    look();
  });
}
