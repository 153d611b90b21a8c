// Runs once, in the list of models: looks at it again and again while it is seen, and asks for what a button says.

const PAUSE_MS = 1500;
let shown = "";

const language = () => element.querySelector(".models")?.dataset.language ?? "";
const seen = () => element.offsetParent !== null && !document.hidden;

function draw(html) {
  if (html === shown) return;
  const held = document.activeElement?.closest?.("[data-model]")?.dataset.model;
  shown = html;
  element.querySelector(".models").outerHTML = html;
  if (held) element.querySelector(`[data-model="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
}

async function ask(deed, name) {
  const asked = language();
  const html = await server.models({ deed, name, language: asked }).catch(() => null); // the server may come back
  if (html !== null && asked === language()) draw(html);
}

// Details are copied by chat.js, which knows how where the browser has no clipboard for pages from a network.
element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-deed]");
  if (button) ask(button.dataset.deed, button.dataset.model);
});

watch("value", () => (shown = ""));
setInterval(() => seen() && ask("look", ""), PAUSE_MS);
