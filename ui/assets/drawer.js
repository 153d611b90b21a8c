// Runs once, in the list of conversations; Python hears what is triggered here.

const desk = document.getElementById("desk");
const item = (node) => node.closest("li[data-id]");

function naming(button) {
  const form = item(button).querySelector(".renaming");
  form.hidden = false;
  item(button).classList.add("named");
  form.elements.title.focus();
  form.elements.title.select();
}

function named(form) {
  form.hidden = true;
  item(form).classList.remove("named");
}

const actions = {
  open(button) {
    trigger("open", { id: item(button).dataset.id });
    desk.classList.remove("listing");
  },
  rename: naming,
  export: (button) => trigger("export", { id: item(button).dataset.id, form: button.dataset.form }),
  delete: (button) => trigger("delete", { id: item(button).dataset.id }),
  restore: (button) => trigger("restore", { id: button.dataset.id }),
};

document.getElementById("drawer").addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (button) actions[button.dataset.do](button);
  if (event.target.closest("#anew")) desk.classList.remove("listing");
});

element.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target.closest(".renaming");
  trigger("rename", { id: item(form).dataset.id, title: form.elements.title.value });
  named(form);
});

element.addEventListener("keydown", (event) => {
  const form = event.target.closest(".renaming");
  if (event.key === "Escape" && form) {
    event.stopPropagation();
    form.reset();
    named(form);
    item(form).querySelector(".open").focus();
  }
});

// On a narrow screen the list lies over the conversation, and a button brings it.
document.addEventListener("click", (event) => {
  if (event.target.closest?.("#listing")) {
    const shown = desk.classList.toggle("listing");
    document.getElementById("listing").setAttribute("aria-expanded", shown);
    if (shown) document.getElementById("anew").focus();
  } else if (!event.target.closest?.("#drawer")) {
    desk.classList.remove("listing");
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && desk.classList.contains("listing")) {
    desk.classList.remove("listing");
    document.getElementById("listing").focus();
  }
});
