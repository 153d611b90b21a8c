// Runs once, in the row of chips. What the scope is stands in the row, as the server wrote it.

const find = (selector) => element.querySelector(selector);
const bar = () => find(".scope-bar");
const scope = () => JSON.parse(bar().dataset.scope);
const ask = (values, check) => server.ask({ language: bar().dataset.language, values, check });

async function open() {
  const told = await ask(scope(), false);
  const dialog = find(".scope-form");
  dialog.innerHTML = told.form ?? told.problem;
  dialog.showModal();
}

function written(form) {
  const data = new FormData(form);
  return {
    sources: data.getAll("sources"),
    languages: data.getAll("languages"),
    date_from: data.get("date_from"),
    date_to: data.get("date_to"),
    articles: scope().articles, // these are picked in the place of the articles
  };
}

function apply(values) {
  find(".scope-form").close();
  trigger("scoped", { values });
}

element.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (!button) return;
  if (button.matches(".scope-open")) open();
  else if (button.dataset.key) {
    trigger("unscoped", { key: button.dataset.key });
    find(".scope-open").focus();
  } else if (button.dataset.do === "close") find(".scope-form").close();
  else if (button.dataset.do === "all") apply({});
});

element.addEventListener("submit", async (event) => {
  event.preventDefault();
  const values = written(event.target);
  const told = await ask(values, true);
  if (told.problem) find(".form-problem").innerHTML = told.problem;
  else apply(values);
});

element.addEventListener("input", ({ target }) => {
  if (!target.matches(".scope-search")) return;
  const wanted = target.value.toLocaleLowerCase();
  for (const label of target.closest("fieldset").querySelectorAll(".scope-choices label"))
    label.hidden = !label.textContent.toLocaleLowerCase().includes(wanted);
});
