// Runs once, in the panel of sources. `element` is the panel; `watch` calls back after each redraw, which
// brings back the page as the server wrote it: what a reader opened or chose is kept here.

const opened = new Set();
let chosen = null;
let newest = null;
let following = true;

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const gently = (node, block) => node.scrollIntoView({ block, behavior: calm() ? "auto" : "smooth" });
const sections = () => [...element.querySelectorAll("section[data-exchange]")];

function showChosen() {
  for (const section of sections()) section.hidden = section.dataset.exchange !== chosen;
}

function reopen() {
  for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
}

function remember({ target }) {
  if (target.open) opened.add(target.id);
  else opened.delete(target.id);
}

function restore() {
  const last = sections().at(-1)?.dataset.exchange ?? null;
  if (last !== newest) newest = chosen = last;
  if (last === null) opened.clear();
  showChosen();
  reopen();
}

function openQuote(id) {
  const quote = document.getElementById(id);
  if (!quote) return;
  chosen = quote.closest("section[data-exchange]").dataset.exchange;
  showChosen();
  quote.open = true;
  quote.classList.remove("pointed");
  void quote.offsetWidth; // lets the same animation run again
  quote.classList.add("pointed");
  gently(quote, "nearest");
  quote.querySelector("summary").focus({ preventScroll: true });
}

// Gradio sets <base href>, so the browser itself would leave the page to follow "#quote-1-1".
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a.mark, a.back");
  if (!link) return;
  event.preventDefault();
  const id = link.getAttribute("href").slice(1);
  if (link.classList.contains("mark")) {
    openQuote(id);
  } else {
    const exchange = document.getElementById(id);
    gently(exchange, "start");
    exchange.focus({ preventScroll: true });
  }
});

element.addEventListener("toggle", remember, true);

// The conversation follows its end, unless the reader has scrolled up to read.
function follow(conversation) {
  conversation.setAttribute("role", "log"); // read out as it grows; drafts are hidden from it
  conversation.addEventListener("scroll", () => {
    following = conversation.scrollHeight - conversation.scrollTop - conversation.clientHeight < 80;
  });
  conversation.addEventListener("toggle", remember, true);
  let last = null;
  new MutationObserver(() => {
    reopen();
    const exchange = [...conversation.querySelectorAll(".exchange")].at(-1);
    if (exchange && exchange.id !== last) {
      last = exchange.id;
      following = true;
      gently(exchange, "start");
    } else if (!exchange) {
      last = null;
    } else if (following && conversation.scrollHeight > conversation.clientHeight) {
      conversation.scrollTop = conversation.scrollHeight;
    }
  }).observe(conversation, { childList: true, subtree: true, characterData: true });
}

watch("value", restore);
restore();
follow(document.getElementById("conversation"));
