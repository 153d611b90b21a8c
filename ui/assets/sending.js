// Runs once, below the conversation: a question is shown as asked, and its box is empty, before the server has heard of
// it. What the server then draws takes its place.

const box = () => document.querySelector("#question textarea");
const shown = () => element.querySelector(".sending");
const sends = () => shown()?.hidden === false;

function write(text) {
  box().value = text;
  box().dispatchEvent(new Event("input", { bubbles: true }));
}

function drop() {
  if (sends()) shown().hidden = true;
}

document.addEventListener("dossier:asked", () => {
  if (document.querySelector("#stop")?.offsetParent) return; // another is being answered
  if (shown()) {
    shown().querySelector(".question").textContent = box().value;
    shown().hidden = false;
    shown().scrollIntoView({ block: "end" });
  }
  write("");
});

// Over, and nothing was drawn: it was not asked.
document.addEventListener("dossier:over", () => {
  if (!sends()) return;
  if (!box().value) write(shown().querySelector(".question").textContent);
  drop();
});

// One at a time.
function hold(event) {
  if (!sends()) return;
  event.preventDefault();
  event.stopPropagation();
}

document.addEventListener("keydown", (event) => event.key === "Enter" && event.target === box() && hold(event), true);
document.addEventListener("click", (event) => event.target.closest?.("#ask") && hold(event), true);

new MutationObserver(drop).observe(document.getElementById("now"), { childList: true, subtree: true });
