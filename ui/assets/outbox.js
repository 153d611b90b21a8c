// Runs once; saves each file that the server puts here.

watch("value", () => {
  const file = element.querySelector(".export");
  if (!file) return;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([file.textContent], { type: "text/plain;charset=utf-8" }));
  link.download = file.dataset.name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
});
