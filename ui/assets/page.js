// Runs once, in the head of the page: what holds for all places.

const box = () => document.querySelector("#question textarea");
const writes = (node) => node?.matches?.("input, textarea, select, [contenteditable]");

// The question stands in another place than the one that is shown: go there first.
function ask() {
  if (box()?.offsetParent) return box().focus();
  document.querySelector('#places [role="tab"]').click();
  return setTimeout(() => box()?.focus(), 100);
}

function speak() {
  const head = element.querySelector(".masthead");
  if (head) document.documentElement.lang = head.dataset.language;
}

document.addEventListener("keydown", (event) => {
  const plain = !(event.ctrlKey || event.metaKey || event.altKey || event.isComposing);
  if (event.key !== "/" || !plain || writes(document.activeElement)) return;
  event.preventDefault();
  ask();
});

element.addEventListener("click", (event) => {
  if (!event.target.closest(".skip")) return;
  event.preventDefault(); // Gradio sets <base href>, so the browser itself would leave the page
  ask();
});

watch("value", speak);
speak();
