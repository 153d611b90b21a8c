// Runs once, beside the conversation. Of all questions' sources those of one are shown: the newest question's, or that
// of the mark that was followed last; `watch` calls back after each redraw, which shows the newest again.

let chosen = null;
let newest = null;

const sections = () => [...element.querySelectorAll("section[data-exchange]")];

function show() {
  for (const section of sections()) section.hidden = section.dataset.exchange !== chosen;
}

function restore() {
  const last = sections().at(-1)?.dataset.exchange ?? null;
  if (last !== newest) document.dispatchEvent(new Event("dossier:sources")); // an open article makes room for them
  if (last !== newest || !sections().some((section) => section.dataset.exchange === chosen)) newest = chosen = last;
  show();
}

document.addEventListener("click", (event) => {
  const mark = event.target.closest?.("a.mark");
  if (!mark) return;
  chosen = mark.dataset.exchange;
  show();
});

watch("value", restore);
restore();
