// Runs once, in the exchange that grows: shows the sentence that is being written, apart from all that stands already.

const PAUSE_MS = 125; // between two looks: eight times a second is as fast as anybody reads
const QUIET_MS = 250; // where there was nothing new
let follows = false;

const draft = () => element.querySelector(".draft");
const rest = (milliseconds) => new Promise((go) => setTimeout(go, milliseconds));

// Whether there was more to show.
function show({ after, text }) {
  const at = draft();
  if (!at || Number(at.dataset.after) !== after) return false; // its sentence stands already, or the one before does not
  const words = at.firstChild ?? at.appendChild(document.createTextNode(""));
  if (words.data === text) return false;
  if (text.startsWith(words.data)) words.appendData(text.slice(words.length));
  else words.data = text;
  return true;
}

async function follow() {
  if (follows) return;
  follows = true;
  try {
    for (let at = draft(); at; at = draft()) {
      const newest = await server.draft(at.dataset.key);
      await rest(newest && show(newest) ? PAUSE_MS : QUIET_MS);
    }
  } finally {
    follows = false;
  }
}

watch("value", follow);
follow();
