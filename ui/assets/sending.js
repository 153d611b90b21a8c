// Runs once, below the conversation: a question is shown as asked, and its box is empty, before the server has heard of
// it. What the server then draws takes its place.

let sent = null; // the question on its way; kept here, since its place may be drawn anew in another language
let underway = 0; // questions that were asked and are not over: an answer that was left may end after the next is asked

const box = () => document.querySelector("#question textarea");
const shown = () => element.querySelector(".sending");

function write(text) {
  box().value = text;
  box().dispatchEvent(new Event("input", { bubbles: true }));
}

function drop() {
  sent = null;
  if (shown()) shown().hidden = true;
}

document.addEventListener("dossier:asked", () => {
  underway += 1;
  if (document.querySelector("#stop")?.offsetParent) return; // another is being answered
  sent = box().value;
  if (shown()) {
    shown().querySelector(".question").textContent = sent;
    shown().hidden = false;
    shown().scrollIntoView({ block: "end" });
  }
  write("");
});

// All are over, and nothing was drawn: it was not asked.
document.addEventListener("dossier:over", () => {
  underway -= 1;
  if (underway || sent === null) return;
  if (!box().value) write(sent);
  drop();
});

// One at a time.
function hold(event) {
  if (sent === null) return;
  event.preventDefault();
  event.stopPropagation();
}

document.addEventListener("keydown", (event) => event.key === "Enter" && event.target === box() && hold(event), true);
document.addEventListener("click", (event) => event.target.closest?.("#ask") && hold(event), true);

new MutationObserver(drop).observe(document.getElementById("now"), { childList: true, subtree: true });
