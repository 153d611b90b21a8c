// The card of a quote: shown while its mark is pointed at or has the focus. One copy of it floats above the page, so
// that an answer may grow, and be drawn anew, beneath it.

if (!document.getElementById("hover-card")) {
  const SOON_MS = 120;
  const LATER_MS = 200;
  const floating = document.createElement("div");
  floating.id = "hover-card";
  floating.setAttribute("aria-hidden", "true"); // the mark itself is described by the card in the page
  floating.hidden = true;
  document.body.append(floating);
  let timer = 0;
  let over = null; // the mark whose card is shown
  let pointed = null; // the mark that is pointed at
  let placed = null; // where the mark stood when its card was placed

  const hide = () => {
    clearTimeout(timer);
    floating.hidden = true;
    over = null;
  };

  const standing = (mark) => mark.getClientRects()[0] ?? mark.getBoundingClientRect();

  const place = (mark) => {
    placed = standing(mark);
    const { left, top, bottom } = placed;
    const { width, height } = floating.getBoundingClientRect();
    const above = top - height - 8;
    floating.style.left = `${Math.max(8, Math.min(left - 16, innerWidth - width - 8))}px`;
    floating.style.top = `${above >= 8 ? above : Math.min(bottom + 8, Math.max(8, innerHeight - height - 8))}px`;
  };

  const show = (mark) => {
    const card = document.getElementById(`card-${mark.dataset.exchange}-${mark.dataset.number}`);
    if (!card || !mark.isConnected) return;
    clearTimeout(timer);
    floating.replaceChildren(...[...card.childNodes].map((node) => node.cloneNode(true)));
    floating.hidden = false;
    over = mark;
    place(mark);
  };

  const moved = () => {
    const { left, top } = standing(over);
    return Math.abs(left - placed.left) > 1 || Math.abs(top - placed.top) > 1;
  };

  // not the card of the mark that is still pointed at, shown or about to be; one that was drawn anew is another
  const leave = () => {
    if (!pointed?.isConnected || (over && over !== pointed)) hide();
  };

  const markOf = ({ target }) => target.closest?.("a.mark[data-number]");
  const later = (act, wait) => {
    clearTimeout(timer);
    timer = setTimeout(act, wait);
  };

  const away = () => {
    if (over) later(hide, LATER_MS);
    else clearTimeout(timer);
  };

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return; // a finger opens the article at once
    const mark = markOf(event);
    pointed = mark ?? null;
    if (mark) later(() => show(mark), over ? 0 : SOON_MS);
    else if (floating.contains(event.target)) clearTimeout(timer);
    else away();
  });
  document.documentElement.addEventListener("pointerleave", (event) => {
    if (event.pointerType === "touch") return;
    pointed = null;
    away();
  });
  document.addEventListener("focusin", (event) => {
    const mark = markOf(event);
    if (mark?.matches(":focus-visible")) show(mark);
    else leave();
  });
  document.addEventListener("focusout", (event) => markOf(event) && leave());
  document.addEventListener("click", hide, true);
  // what scrolls may be the article beside the answer, which is still coming to rest
  document.addEventListener("scroll", () => over && moved() && hide(), true);
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || floating.hidden) return;
      hide();
      event.stopPropagation();
    },
    true,
  );
}
