// Pictures below the first ones come when somebody scrolls, points or touches: each as it is reached.
const moves = ['scroll', 'pointermove', 'pointerdown', 'keydown'];
const show = () => {
  for (const move of moves) removeEventListener(move, show);
  for (const hidden of document.querySelectorAll('.thumb noscript')) hidden.outerHTML = hidden.textContent;
};
for (const move of moves) addEventListener(move, show, { passive: true });
