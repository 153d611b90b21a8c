// The other script of the place of the articles: sends files and addresses, and follows what becomes of them.

const { ask, changed, find } = element;
const POLL_MS = 400;

const section = () => find(".adding");

async function open(shown) {
  section().hidden = !shown;
  find(".shelf-add").setAttribute("aria-expanded", shown);
  if (shown) await feeds();
}

async function feeds() {
  const told = await ask("feeds");
  if (told.feeds !== undefined) find(".adding-feeds").innerHTML = told.feeds;
}

function sending(done, total, failed) {
  const line = find(".adding-sending");
  line.hidden = done === total && failed.length === 0;
  const { sending: busy, failed: not } = line.dataset;
  line.textContent =
    done < total
      ? busy.replace("%done", done).replace("%total", total)
      : failed.map((name) => not.replace("%name", () => name)).join(" ");
}

// Files go up a few at a time, then all that arrived are added as one job.
async function send(files) {
  const waiting = [...files];
  const total = waiting.length;
  const sent = [];
  const failed = [];
  const carry = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      try {
        sent.push({ name: file.name, path: (await upload(file)).path });
      } catch {
        failed.push(file.name);
      }
      sending(sent.length + failed.length, total, failed);
    }
  };
  sending(0, total, failed);
  await Promise.all([carry(), carry(), carry()]);
  if (sent.length) await start({ kind: "files", files: sent });
}

async function start(values) {
  const told = await ask("add", values);
  if (told.problem) find(".shelf-problems").innerHTML = told.problem;
  else await follow(told.job, told);
}

async function follow(job, told) {
  const box = document.createElement("div");
  box.className = "job";
  box.dataset.job = job;
  find(".adding-jobs").prepend(box);
  let known = 0;
  for (;;) {
    if (told.progress !== undefined) draw(box, told.progress);
    if (told.changed !== known || told.over) {
      known = told.changed;
      await changed();
    }
    if (told.over) break;
    await new Promise((go) => setTimeout(go, POLL_MS));
    told = await ask("progress", { job }).catch(() => ({ changed: known })); // the server may come back
  }
  await feeds();
}

function draw(box, html) {
  const focused = box.contains(document.activeElement);
  box.innerHTML = html;
  if (focused) box.querySelector("button")?.focus();
}

const deeds = {
  again: () => start({ kind: "again" }),
  "job-stop": ({ job }) => ask("stop", { job }),
  "job-close": ({ box }) => box.remove(),
  async unfollow({ url }) {
    find(".adding-feeds").innerHTML = (await ask("unfollow", { url })).feeds ?? "";
  },
};

element.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (!button) return;
  if (button.matches(".shelf-add")) return open(section().hidden);
  const box = button.closest(".job");
  deeds[button.dataset.do]?.({ box, job: box?.dataset.job, url: button.dataset.url });
});

element.addEventListener("change", ({ target }) => {
  if (!target.matches(".drop input") || !target.files.length) return;
  send(target.files);
  target.value = "";
});

element.addEventListener("submit", (event) => {
  const form = event.target.closest(".adding-web");
  if (!form) return;
  event.preventDefault();
  const written = form.elements.written.value.trim();
  if (!written) return form.elements.written.focus();
  form.elements.written.value = "";
  start({ kind: form.elements.kind.value, written });
});

// Files may be dropped anywhere on the place.
const holdsFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
const mark = (on) => element.classList.toggle("dropping", on);
element.addEventListener("dragover", (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  mark(true);
});
element.addEventListener("dragleave", ({ relatedTarget }) => element.contains(relatedTarget) || mark(false));
element.addEventListener("drop", async (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  mark(false);
  const { files } = event.dataTransfer;
  await open(true);
  send(files);
});

// Jobs go on without their page: one that is opened meanwhile shows them, too.
ask("jobs").then(({ jobs }) => {
  for (const job of jobs) follow(job, {});
});
