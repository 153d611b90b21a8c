// Runs once for each pane that shows an article. `element` holds it; `server.article` gives the article as HTML.
// What can be stepped through are the quotes of one exchange: the cards in the page say where each of them is.

const find = (selector) => element.querySelector(selector);
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const pane = element.parentElement.closest(".reader-pane"); // Gradio gives the class to `element`, too
const forArticles = pane.id === "article-reader"; // its neighbours there are the table and the forms

let trail = []; // the quotes that can be stepped through, in the order of articles, then of their text
let at = -1; // which of them is shown; -1 for none
let asked = 0; // answers to earlier clicks come too late
let from = null; // what was clicked, to give the focus back to
let watched = null;

function quotes(exchange) {
  const cards = [...document.querySelectorAll(`.card[data-exchange="${CSS.escape(exchange)}"]`)];
  const found = cards.map(({ dataset, children: [words, origin] }) => ({
    number: Number(dataset.number),
    article: dataset.article,
    start: Number(dataset.start),
    end: Number(dataset.end),
    text: words.textContent,
    title: origin.textContent,
  }));
  const articles = [...new Set(found.map((quote) => quote.article))];
  return found.sort((a, b) => articles.indexOf(a.article) - articles.indexOf(b.article) || a.start - b.start);
}

function marksOf(number) {
  return [...element.querySelectorAll("[data-quotes]")].filter((mark) =>
    mark.dataset.quotes.split(" ").includes(String(number)),
  );
}

function count() {
  find(".reader-steps").hidden = trail.length < 1;
  const output = find(".reader-count");
  output.textContent = output.dataset.of.replace("%at", at + 1).replace("%all", trail.length);
  // Not `disabled`: a button that has the focus would lose it, and the keys with it.
  find(".reader-previous").setAttribute("aria-disabled", at <= 0);
  find(".reader-next").setAttribute("aria-disabled", at >= trail.length - 1);
}

function point() {
  for (const old of element.querySelectorAll("[aria-current]")) old.removeAttribute("aria-current");
  const marks = trail[at] ? marksOf(trail[at].number) : [];
  for (const mark of marks) mark.setAttribute("aria-current", "true");
  count();
  return marks[0];
}

function scroller() {
  let box = pane;
  while (box && !/auto|scroll/.test(getComputedStyle(box).overflowY)) box = box.parentElement;
  return box;
}

// Whether a quote can be seen without moving away from the title.
function isNearTop(mark) {
  const above = mark.getBoundingClientRect().bottom - find(".reader-frame").getBoundingClientRect().top;
  return above < Math.min(scroller()?.clientHeight ?? innerHeight, innerHeight) * 0.8;
}

function bring(mark) {
  const frame = find(".reader-frame");
  if (!mark || isNearTop(mark)) {
    frame.scrollIntoView({ block: "start", behavior: mark && !calm() ? "smooth" : "auto" });
    return;
  }
  // A quote of many lines is shown from its beginning, a short one in the middle.
  const tall = mark.getBoundingClientRect().height > innerHeight / 2;
  mark.scrollIntoView({ block: tall ? "start" : "center", behavior: calm() ? "auto" : "smooth" });
}

function show() {
  find(".reader-frame").hidden = false;
  pane.parentElement.classList.add("reading-article");
}

function wait(state) {
  find(".reader-wait").hidden = state !== "waiting";
  find(".reader-failed").hidden = state !== "failed";
}

async function fetchArticle(id, title, marked, chosen) {
  const mine = ++asked;
  const language = find(".reader-frame").dataset.language;
  const late = setTimeout(() => mine === asked && wait("waiting"), 250);
  try {
    const html = await server.article({ id, title, language, chosen, quotes: marked });
    if (mine !== asked) return false;
    find(".reader-page").innerHTML = html;
    watched = { id, title, exchange: marked.length ? from?.exchange : null };
    wait("");
    return true;
  } catch {
    if (mine !== asked) return false;
    find(".reader-page").replaceChildren();
    watched = null;
    wait("failed");
    return false;
  } finally {
    clearTimeout(late);
  }
}

async function step(to) {
  if (to < 0 || to >= trail.length) return;
  at = to;
  const quote = trail[at];
  const same = watched?.id === quote.article && watched.exchange === from?.exchange;
  show();
  if (!same) {
    const marked = trail.filter((each) => each.article === quote.article);
    if (!(await fetchArticle(quote.article, quote.title, marked, quote.number))) return count();
  }
  bring(point());
}

function openQuote(link) {
  from = { link, exchange: link.dataset.exchange };
  trail = quotes(from.exchange);
  const place = trail.findIndex((quote) => quote.number === Number(link.dataset.number));
  if (place < 0) return;
  watched = null; // the citations of a growing answer become more
  step(place).then(() => find(".reader-frame").focus({ preventScroll: true }));
}

async function openArticle(link) {
  const { openArticle: id, start, end } = link.dataset;
  from = { link, exchange: null };
  trail = [];
  at = -1;
  show();
  count();
  const passage = start === undefined ? [] : [{ number: 0, start: Number(start), end: Number(end) }];
  if (await fetchArticle(id, link.dataset.title ?? "", passage, passage.length ? 0 : null)) bring(marksOf(0)[0]);
  find(".reader-frame").focus({ preventScroll: true });
}

function close() {
  asked += 1;
  watched = null;
  find(".reader-frame").hidden = true;
  wait("");
  pane.parentElement.classList.remove("reading-article");
}

function back() {
  close();
  const link = from?.link;
  const again = link?.isConnected ? link : from?.exchange && document.querySelector(".mark:not([hidden])");
  again?.focus({ preventScroll: false });
  from = null;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a.mark[data-number], [data-open-quote], [data-open-article]");
  if (!link || forArticles !== Boolean(link.closest(".articles-place"))) return;
  event.preventDefault();
  if ("openArticle" in link.dataset) openArticle(link);
  else openQuote(link);
});

if (!forArticles) document.addEventListener("dossier:sources", close);

element.addEventListener("click", ({ target }) => {
  if (target.closest(".reader-back")) back();
  else if (target.closest(".reader-next")) step(at + 1);
  else if (target.closest(".reader-previous")) step(at - 1);
});

element.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || find(".reader-frame").hidden) return;
  const act = { n: () => step(at + 1), p: () => step(at - 1), Escape: back }[event.key];
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act();
});

// Another language, or the page drawn anew: what was open is closed with it.
watch("value", () => {
  watched = null;
  pane.parentElement.classList.remove("reading-article");
});
