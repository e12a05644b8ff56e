// Shows net weight and amount while a slip is being typed. The server reckons again; without script the next page shows both.
const form = document.querySelector('form.intake');
const facts = form?.querySelector('.dock .facts');
const unit = Number(form?.dataset.unit);
const number = text => {
  const plain = (text ?? '').normalize('NFKC').replaceAll('。', '.').replace(/[\s,元¥]/g, '').replace(/公?斤$/, '');
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : 0;
};
const grams = text => Math.round(number(text) * unit);
const halfEven = (amount, divisor) => {
  const whole = Math.floor(amount / divisor), rest = (amount - whole * divisor) * 2;
  return rest > divisor || (rest === divisor && whole % 2 === 1) ? whole + 1 : whole;
};
const field = name => form.elements[`Form.${name}`];

function price() {
  const grade = form.querySelector('[name="Form.Grade"]:checked');
  if (!grade) return null;
  const typed = field('Price') && number(field('Price').value);
  if (typed) return Math.round(typed * 100) * (form.dataset.piece || unit === 1000 ? 1 : 2);
  const agreed = field('AgreementId')?.selectedOptions[0]?.dataset.prices?.split(' ').map(p => p.split(':')).find(p => p[0] === grade.value);
  return Number(agreed?.[1] ?? grade.dataset.price);
}

function quantity() {
  if (form.dataset.piece) return Math.floor(number(field('Pieces').value));
  let weighed = 0;
  const tares = form.querySelectorAll('.tare');
  form.querySelectorAll('.gross').forEach((gross, i) => { if (gross.value) weighed += grams(gross.value) - grams(tares[i].value); });
  const off = field('Deduction').value;
  return weighed - (field('DeductionInPercent').value === 'true' ? halfEven(weighed * Math.round(number(off) * 10000), 1000000) : grams(off));
}

function show() {
  const [net, each] = [quantity(), price()];
  facts.hidden = !(net > 0);
  form.querySelector('#net').value = form.dataset.piece ? net : (net / unit).toLocaleString('en', { maximumFractionDigits: 3 });
  const fen = each === null ? null : halfEven(net * each, form.dataset.piece ? 1 : 1000);
  form.querySelector('#amount').value = fen === null ? '—' : '¥' + (fen / 100).toLocaleString('en', { minimumFractionDigits: 2 });
}

if (form) {
  form.addEventListener('input', show);
  form.addEventListener('submit', () => { const button = form.querySelector('.dock button'); setTimeout(() => { button.disabled = true; }); });
  addEventListener('pageshow', () => { form.querySelector('.dock button').disabled = false; show(); });
}
