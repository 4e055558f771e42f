// An extra: every page works without it.
// A form that has been sent is not sent again by a second click; the server would notice anyway.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.method !== 'post') return;
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
for (const button of document.querySelectorAll('[data-print]')) button.hidden = false;
