// Runs once, in the past exchanges of the conversation. Python hears what is triggered here; what a reader opened is
// kept here, since each redraw brings the page back as the server wrote it.

const conversation = document.getElementById("conversation");
const opened = new Set();
let following = true;

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const gently = (node, block) => node.scrollIntoView({ block, behavior: calm() ? "auto" : "smooth" });

// A screen reader is told what a button did.
const heard = document.createElement("p");
heard.className = "heard";
heard.setAttribute("role", "status");
document.body.append(heard);

function done(button) {
  const words = button.textContent;
  heard.textContent = button.textContent = button.dataset.done;
  setTimeout(() => {
    button.textContent = words;
    heard.textContent = "";
  }, 1500);
}

// Only pages from this machine or with https may use the clipboard of the browser; others select and copy.
function copySelected(text) {
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

async function copy(text, html) {
  try {
    if (html) {
      const blob = (words, type) => new Blob([words], { type });
      await navigator.clipboard.write([
        new ClipboardItem({ "text/html": blob(html, "text/html"), "text/plain": blob(text, "text/plain") }),
      ]);
    } else {
      await navigator.clipboard.writeText(text);
    }
  } catch {
    copySelected(html ?? text);
  }
}

const actions = {
  async copy(button) {
    const form = button.dataset.form;
    const words = (name) => button.parentElement.querySelector(`.copy[data-form="${name}"]`).textContent;
    await (form === "html" ? copy(words("text"), words("html")) : copy(words(form)));
    done(button);
  },
  async details(button) {
    await copy(button.closest(".problem").querySelector(".details").textContent);
    done(button);
  },
  again: (button) => trigger("again", { exchange: button.dataset.exchange }),
  edit(button) {
    trigger("edit", { exchange: button.dataset.exchange });
    question().focus();
  },
  unedit() {
    trigger("unedit");
    question().focus();
  },
  suggested(button) {
    const box = question();
    box.value = button.textContent;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
    setTimeout(() => document.getElementById("ask").click(), 50); // once Gradio knows what is in the box
  },
  thumb(button) {
    const pressed = button.getAttribute("aria-pressed") === "true";
    trigger("judge", { exchange: button.dataset.exchange, thumb: pressed ? "" : button.dataset.thumb, note: "" });
  },
};

const question = () => document.querySelector("#question textarea");

document.addEventListener("click", (event) => {
  const button = event.target.closest?.('#talk [data-do], #models [data-do="details"]');
  if (button) actions[button.dataset.do](button);
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target) || event.target.closest("button")) menu.open = false;
  }
  const link = event.target.closest?.("a.mark, a.back");
  if (!link) return;
  event.preventDefault(); // Gradio sets <base href>, so the browser itself would leave the page to follow "#..."
  if (!link.classList.contains("back")) return;
  const exchange = document.getElementById(link.getAttribute("href").slice(1));
  gently(exchange, "start");
  exchange.focus({ preventScroll: true });
});

conversation.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target.closest(".noting");
  const good = document.querySelector(`#exchange-${form.dataset.exchange} [data-thumb="up"][aria-pressed="true"]`);
  trigger("judge", { exchange: form.dataset.exchange, thumb: good ? "up" : "down", note: form.elements.note.value });
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (event.target === question() && document.querySelector(".editing")) {
    actions.unedit();
  }
});

function remember({ target }) {
  if (!target.matches(".withdrawn")) return; // menus close by themselves
  if (target.open) opened.add(target.id);
  else opened.delete(target.id);
}

function reopen() {
  for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
}

// The conversation follows its end, unless the reader has scrolled up to read.
conversation.setAttribute("role", "log"); // read out as it grows; drafts are hidden from it
conversation.addEventListener("scroll", () => {
  following = conversation.scrollHeight - conversation.scrollTop - conversation.clientHeight < 80;
});
conversation.addEventListener("toggle", remember, true);
let last = null;

function settle() {
  reopen();
  const exchange = [...conversation.querySelectorAll(".exchange")].at(-1);
  if (exchange && exchange.id !== last) {
    last = exchange.id;
    following = true;
    gently(exchange, "start");
    return;
  }
  if (!exchange) {
    last = null;
    opened.clear();
  }
  stay();
}

function stay() {
  if (following && last && conversation.scrollHeight > conversation.clientHeight) {
    conversation.scrollTop = conversation.scrollHeight;
  }
}

// A draft grows by letters, all else by elements.
new MutationObserver((changes) => {
  if (changes.some((change) => change.type === "childList")) settle();
  else stay();
}).observe(conversation, { childList: true, subtree: true, characterData: true });
