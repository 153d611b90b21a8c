// Runs once, in the choices of the settings. Python hears each choice at once, and may draw all anew: what had the
// focus gets it back.

let last = null;

element.addEventListener("change", ({ target }) => {
  if (!target.name) return;
  last = { name: target.name, value: target.type === "radio" ? target.value : null };
  trigger("choose", { name: target.name, value: target.value });
});

element.addEventListener("click", async ({ target }) => {
  if (!target.closest('[data-do="sign-out"]')) return;
  await fetch("/sign-out", { method: "POST" });
  location.reload();
});

watch("value", () => {
  if (!last) return;
  const { name, value } = last;
  last = null;
  const field = element.querySelector(`[name="${name}"]${value === null ? "" : `[value="${CSS.escape(value)}"]`}`);
  field?.focus({ preventScroll: true });
  const saved = element.querySelector(".saved");
  setTimeout(() => (saved.textContent = saved.dataset.done), 50); // a change that is read out
});
