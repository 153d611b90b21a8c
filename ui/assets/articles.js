// Runs once, in the place of the articles. `server.ask` does what is asked and answers with HTML; what is picked,
// searched and sorted is kept here.

const find = (selector) => element.querySelector(selector);
const view = { search: "", sort: "added", descending: true, page: 1 };
const picked = new Set();
let newest = 0; // an answer to an earlier question comes too late

// Everything is asked this way; `element.ask` lets the other script of this place ask, too.
async function ask(deed, values = {}) {
  try {
    const told = await server.ask({ deed, language: find(".shelf").dataset.language, ...values });
    find(".shelf-lost").hidden = true;
    return told;
  } catch (error) {
    find(".shelf-lost").hidden = false;
    throw error;
  }
}

async function refresh() {
  const mine = ++newest;
  const told = await ask("table", { ...view, ids: [...picked] });
  if (mine !== newest) return;
  view.page = told.page;
  const focused = keyOf(document.activeElement);
  find(".shelf-table").innerHTML = told.table;
  if (focused) find(focused)?.focus();
  count();
}

// How the control that has the focus is found again after the table was drawn anew.
function keyOf(node) {
  if (!node || !find(".shelf-table").contains(node)) return null;
  const row = node.closest("tr[data-id]");
  if (node.dataset.sort) return `[data-sort="${node.dataset.sort}"]`;
  if (node.dataset.page) return ".shelf-pager button:not(:disabled)";
  if (row) return `tr[data-id="${CSS.escape(row.dataset.id)}"] ${node.dataset.do ? `[data-do="${node.dataset.do}"]` : node.localName}`;
  return null;
}

function count() {
  const bar = find(".shelf-picked");
  bar.hidden = picked.size === 0;
  find(".shelf-count").textContent = find(".shelf").dataset.selected.replace("%n", picked.size);
  const boxes = [...element.querySelectorAll("td.col-pick input")];
  const all = find(".pick-all");
  if (!all) return;
  const chosen = boxes.filter((box) => box.checked).length;
  all.checked = boxes.length > 0 && chosen === boxes.length;
  all.indeterminate = chosen > 0 && chosen < boxes.length;
}

function pick(box) {
  const boxes = box.matches(".pick-all") ? [...element.querySelectorAll("td.col-pick input")] : [box];
  for (const each of boxes) {
    each.checked = box.checked;
    const { id } = each.closest("tr").dataset;
    if (box.checked) picked.add(id);
    else picked.delete(id);
  }
  count();
}

function notice(told) {
  find(".shelf-problems").innerHTML = told.problem ?? "";
  if (told.notice) find(".shelf-notices").innerHTML = told.notice;
}

function changed() {
  trigger("changed", {});
  return refresh();
}

async function remove(ids) {
  const told = await ask("remove", { ids });
  notice(told);
  if (told.problem) return;
  for (const id of ids) picked.delete(id);
  await changed();
  find(".shelf-notices [data-do=take-back]")?.focus();
}

const dialog = () => find(".shelf-form");

async function edit(id) {
  const told = await ask("form", { id });
  if (told.problem) return notice(told);
  dialog().innerHTML = told.form;
  dialog().showModal();
  dialog().querySelector("input").focus();
}

async function save(form) {
  const values = Object.fromEntries(new FormData(form));
  const told = await ask("correct", { id: form.dataset.id, values });
  if (told.problem) {
    form.querySelector(".form-problem").innerHTML = told.problem;
    return;
  }
  dialog().close();
  if (told.same) return;
  notice(told);
  await changed();
}

const deeds = {
  scope() {
    trigger("picked", { ids: [...picked] });
  },
  remove: () => remove([...picked]),
  "remove-one": ({ id }) => remove([id]),
  clear() {
    picked.clear();
    for (const box of element.querySelectorAll("td.col-pick input")) box.checked = false;
    count();
  },
  edit: ({ id }) => edit(id),
  close: () => dialog().close(),
  async "as-read"({ id, field }) {
    const told = await ask("as-read", { id, field });
    notice(told);
    if (told.problem) return;
    dialog().innerHTML = told.form;
    await changed();
  },
  async "take-back"({ token }) {
    notice(await ask("take-back", { token }));
    await changed();
  },
  dismiss({ token }) {
    find(".shelf-notices").replaceChildren();
    if (token) ask("dismiss", { token });
    find(".shelf-search").focus();
  },
};

function sort(column) {
  const again = view.sort === column;
  // The first click shows what is looked for most: new articles, long ones, and names from A.
  view.descending = again ? !view.descending : column === "date" || column === "passages";
  view.sort = column;
  view.page = 1;
  refresh();
}

element.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (!button) return;
  const { sort: column, page, do: deed, token, field } = button.dataset;
  const id = button.closest("[data-id]")?.dataset.id;
  if (column) sort(column);
  else if (page) {
    view.page = Number(page);
    refresh().then(() => find(".shelf-table").scrollIntoView({ block: "start" }));
  } else if (deed in deeds) deeds[deed]({ id, token, field });
});

element.addEventListener("change", ({ target }) => target.matches(".col-pick input") && pick(target));
element.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.target.closest(".shelf-form")) save(event.target);
});

let typing = 0;
element.addEventListener("input", ({ target }) => {
  if (!target.matches(".shelf-search")) return;
  clearTimeout(typing);
  typing = setTimeout(() => {
    view.search = target.value;
    view.page = 1;
    refresh();
  }, 120);
});

element.ask = ask;
element.changed = changed;
element.find = find;

// Another language: the frame was written anew, so what stands in it is asked for again.
watch("value", refresh);
refresh();

// While the table is looked at, it tells what others add, and how far the model has read.
setInterval(() => {
  const seen = element.offsetParent !== null && !document.hidden;
  if (seen && !dialog().open && find(".shelf-lost").hidden) refresh();
}, 15000);
