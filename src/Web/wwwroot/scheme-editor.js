// While a scheme is written: looks it over on the server a moment after the last key, and says each fault at its field.
// Without this script the form does the same each time it is saved.
const form = document.querySelector('form[data-check]');
const panel = document.getElementById('check');
let timer, running;

async function check() {
  running?.abort();
  running = new AbortController();
  try {
    const answer = await fetch(form.dataset.check, { method: 'POST', body: new URLSearchParams(new FormData(form)), signal: running.signal });
    if (!answer.ok) return;
    panel.innerHTML = await answer.text();
  } catch {
    return; // stopped by the next key, or no network: saving still works
  }
  for (const place of form.querySelectorAll('[data-fault-of]')) {
    const faults = [...panel.querySelectorAll('li[data-field]')].filter(fault => fault.dataset.field === place.dataset.valmsgFor);
    place.textContent = faults.map(fault => fault.lastChild.textContent.trim()).join(' ');
    place.className = faults.length ? 'field-validation-error' : 'field-validation-valid';
    const terms = faults.length && place.closest('details');
    if (terms) terms.open = true;
  }
}

if (form && panel) {
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(check, 500);
  };
  form.addEventListener('input', soon);
  form.addEventListener('change', soon);
}
