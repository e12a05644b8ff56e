// Reads a text aloud when its button is pressed, with a voice that lives on the device; never by itself, never over the network.
// <script type="module" src="/speak.js"></script>; buttons with data-speak stay hidden where there is no such voice.
const speech = globalThis.speechSynthesis;
const buttons = () => document.querySelectorAll('button[data-speak]');

function voiceFor(language) {
  const prefix = language.slice(0, 2);
  const fitting = speech.getVoices().filter(voice => voice.localService && voice.lang.replace('_', '-').toLowerCase().startsWith(prefix));
  return fitting.find(voice => voice.lang.replace('_', '-') === language) ?? fitting[0];
}

function show() {
  for (const button of buttons()) button.hidden = !voiceFor(button.dataset.lang || 'zh-CN');
}

function press(event) {
  const button = event.target.closest?.('button[data-speak]');
  if (!button) return;
  const again = button.getAttribute('aria-pressed') === 'true';
  speech.cancel();
  if (again) return;
  const said = new SpeechSynthesisUtterance(button.dataset.speak);
  said.voice = voiceFor(button.dataset.lang || 'zh-CN');
  said.lang = said.voice?.lang ?? 'zh-CN';
  said.rate = 0.85;
  said.onstart = () => button.setAttribute('aria-pressed', 'true');
  said.onend = said.onerror = () => button.setAttribute('aria-pressed', 'false');
  speech.speak(said);
}

if (speech) {
  show();
  speech.addEventListener?.('voiceschanged', show);
  document.addEventListener('click', press);
  document.addEventListener('htmx:afterSettle', show);
  addEventListener('pagehide', () => speech.cancel());
}
