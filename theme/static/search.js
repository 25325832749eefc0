// The page of search: merges the parts of the index, recent years first, and shows what it finds.
// See plugins/outputs/search: spelling.py for how words stand in the index, records.py for results.
const AT_FIRST = 2; // parts
const LITTLE = 10; // results: with fewer, older parts are searched too
const SHOWN = 10; // results at a time
const RANKING = { termSimilarity: 9 }; // a whole word counts far more than one that begins so

const data = JSON.parse(document.getElementById("Search-data").textContent);
const [place, status, results, browse, more, older] = [
  ...["form", "status", "results", "browse", "more", "older"],
].map((name) => document.getElementById(`Search-${name}`));
const form = place.querySelector("form");
const list = results.querySelector("ol");
const FIELDS = [...form.elements].map((element) => element.name).filter(Boolean);

// How words are written

const TONE = "[\u0300\u0301\u0303\u0309\u0323]";
const SECOND = new RegExp(`(?:(o)([ae])|(?<!q)(u)(y))(${TONE})(?![\\p{L}\\p{M}\\p{N}])`, "giu");
const FIRST = new RegExp(`([ou])(${TONE})([aey])\u00ad`, "gi");
const D = { đ: "ḏ", Đ: "Ḏ", ḏ: "đ", Ḏ: "Đ" };

const asIndexed = (text) =>
  text
    .replace(/[“”„«»]/g, '"')
    .normalize("NFD")
    .replace(SECOND, (_, o, ae, u, y, tone) => (o ?? u) + tone + (ae ?? y))
    .normalize("NFC")
    .replace(/[đĐ]/g, (letter) => D[letter]);
const asWritten = (text) =>
  text.normalize("NFD").replace(FIRST, "$1$3$2").normalize("NFC").replace(/[ḏḎ]/g, (d) => D[d]);
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const parts = (word) => folded(word).split(/[^\p{L}\p{N}]+/u);

const filtering = ([name, value]) =>
  `0f${name}0v${value.replaceAll("0", "0x").replaceAll("-", "0y")}0z`;

// Whether a word is what was looked for: Pagefind falls back to a shorter word where a part of the
// index has none that begins so, which helps with endings, and misleads with numbers.
const answers = (word, term) => {
  const letters = parts(word);
  return [letters.join(""), ...letters].some((one) => {
    if (one.startsWith(term)) return true;
    if (/\d/.test(term) || term.length < 5) return false;
    const enough = Math.max(4, Math.ceil(term.length / 2));
    return one.length >= enough && one.slice(0, enough) === term.slice(0, enough);
  });
};

// The index

class Index {
  // Pagefind tells nobody but the console when a file of the index does not come.
  static isBroken = false;
  static {
    const fetched = window.fetch;
    // nor does it wait for the promise that fails then
    window.addEventListener("unhandledrejection", (event) => {
      if (Index.isBroken) event.preventDefault();
    });
    window.fetch = async (...request) => {
      const response = await fetched(...request).catch(() => ({ ok: false }));
      Index.isBroken ||= !response.ok;
      if (!response.ok) throw new Error("no file of the index");
      return response;
    };
  }

  loaded = { loose: new Map(), exact: new Map() };

  async open() {
    Index.isBroken = false;
    const { createInstance } = await import(`${data.runtime}pagefind.js`);
    this.engine = createInstance({ basePath: data.runtime, noWorker: true, ranking: RANKING });
    await this.engine.search("a"); // fails if the program cannot be loaded
  }

  // A part is merged twice where marks were typed: what matches with its marks counts more than
  // anything else. The second time its files come from the browser's own store.
  load([name, href], kind) {
    const exact = kind === "exact";
    const options = { exactDiacritics: exact, indexWeight: exact ? 10000 : 1, ranking: RANKING };
    if (!this.loaded[kind].has(name)) {
      this.loaded[kind].set(name, this.engine.mergeIndex(href, options));
    }
    return this.loaded[kind].get(name);
  }

  // The results of words and filters. A phrase in quotes must be all that Pagefind is asked for.
  async #results(words, filters) {
    const sort = words ? {} : { date: "desc" };
    const search = async (text) => (await this.engine.search(text, { sort })).results;
    if (!filters.length || !/^".+"$/.test(words)) return search([words, ...filters].join(" ").trim());
    const fit = new Set((await search(filters.join(" "))).map((result) => result.id));
    return (await search(words)).filter((result) => fit.has(result.id));
  }

  // All results in these parts, the best first; without words, the newest first.
  async find({ words, filters }, wanted) {
    this.opened ??= this.open();
    await this.opened;
    await Promise.all(wanted.map((part) => this.load(part, "loose")));
    const marked = words && folded(words) !== words.toLowerCase();
    if (marked) await Promise.all(wanted.map((part) => this.load(part, "exact")));
    const found = await this.#results(words, filters);
    const all = [words, ...filters].join(" ");
    const byPart = new Map(wanted.map(([name]) => [name, []]));
    const seen = new Set();
    for (const result of found) {
      const within = byPart.get(result.id.slice(0, result.id.indexOf("_")));
      if (within && !seen.has(result.id)) within.push(result);
      seen.add(result.id);
    }
    const sure = await Promise.all([...byPart.values()].map((some) => this.#sure(some, all)));
    if (Index.isBroken) throw new Error("the index is incomplete");
    return words ? sure.flat().sort((one, other) => other.score - one.score) : sure.flat();
  }

  // Pagefind ignores a word that a part does not have: then none of its results has it.
  async #sure(found, words) {
    if (!found.length) return found;
    const { content } = await found[0].data();
    const all = content.split(" ");
    const terms = words.split(/\s+/).map((word) => parts(word).join("")).filter(Boolean);
    return terms.every((term) => all.some((word) => answers(word, term))) ? found : [];
  }
}

// What is shown

const element = (name, properties = {}, children = []) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

// Words of a text with those that were found marked; neighbours in one mark.
const marked = (words, start, end, locations) => {
  const nodes = [];
  for (let at = start; at < end; at++) {
    const isFound = locations.has(at);
    const text = asWritten(words[at]);
    if (at > start) nodes.push(" ");
    if (isFound && nodes.at(-2)?.localName === "mark") {
      nodes.at(-2).append(nodes.pop(), text);
    } else {
      nodes.push(isFound ? element("mark", {}, [text]) : text);
    }
  }
  return nodes;
};

const excerpt = (words, from, locations) => {
  const first = [...locations].filter((at) => at >= from).sort((a, b) => a - b)[0] ?? from;
  const start = first < from + 12 ? from : first - 6;
  const end = Math.min(words.length, start + 32);
  const before = start > from ? ["… "] : [];
  const after = end < words.length ? ["…"] : [];
  return [...before, ...marked(words, start, end, locations), ...after];
};

const item = ({ content, raw_url: shown, locations }) => {
  const card = JSON.parse(shown);
  const words = content.split(" ");
  const found = new Set(locations);
  const label = (text, warns) =>
    text ? [" ", element("span", { className: warns ? "label label-warning" : "label" }, [text])] : [];
  const others = card.others.flatMap(([lang, name, href]) => [
    " ",
    element("a", { href, lang, hreflang: lang }, [name]),
  ]);
  const title = marked(words, 0, card.title, found);
  return element("li", { className: "card" }, [
    element("p", { className: "card-meta" }, [
      element("time", { dateTime: card.iso }, [card.day]),
      ...label(card.kind, false),
      ...label(card.state, true),
      ...others,
    ]),
    element("h3", { className: "card-title" }, [element("a", { href: card.href }, title)]),
    element("p", { className: "card-summary" }, excerpt(words, card.text, found)),
  ]);
};

// The search

const say = (...lines) => status.replaceChildren(lines.filter(Boolean).join(" "));
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const asked = () =>
  FIELDS.map((name) => [name, form.elements[name].value.trim()]).filter(([, value]) => value);

let index = new Index();
let turn = 0; // the search whose results may be shown
let state = {}; // query, found, wanted (parts), left (parts)
let searched = ""; // what the address said then

const reset = () => {
  list.replaceChildren();
  results.hidden = more.hidden = older.hidden = true;
  browse.hidden = false;
  say("");
};

const fail = () => {
  reset();
  index = new Index();
  say(data.words.unreachable);
};

const show = async (number, mine) => {
  const some = state.found.slice(list.children.length, number);
  const items = (await Promise.all(some.map((result) => result.data()))).map(item);
  if (mine !== turn) return null;
  list.append(...items);
  more.hidden = list.children.length >= state.found.length;
  older.hidden = !state.left.length;
  history.replaceState({ number: list.children.length }, "");
  return items[0];
};

// Searches further parts until enough is found.
const go = async (mine, number, steps) => {
  const query = state.query;
  do {
    state.wanted.push(...state.left.splice(0, Math.max(AT_FIRST, state.wanted.length)));
    const found = await index.find(query, state.wanted);
    if (mine !== turn) return;
    state.found = found;
    steps--;
  } while (state.left.length && (state.found.length < LITTLE || steps > 0));
  list.replaceChildren();
  results.hidden = !state.found.length;
  browse.hidden = Boolean(state.found.length);
  await show(number, mine);
  if (mine !== turn) return;
  const years = state.wanted.flatMap(([, , first, last]) => [first, last]);
  const span = { first: Math.min(...years), last: Math.max(...years) };
  const { found, nothing, advice } = data.words;
  const within = span.first === span.last ? data.words.year : data.words.span;
  const number_ = state.found.length.toLocaleString(document.documentElement.lang);
  if (!state.found.length) say(nothing, advice);
  else say(filled(found, { number: number_ }) + ".", state.left.length && `${filled(within, span)}.`);
};

// The page in another language is asked the same.
const takeAlong = () => {
  for (const link of document.querySelectorAll(".languages a[hreflang]")) {
    link.search = location.search;
  }
};

const search = async (number = SHOWN) => {
  const mine = ++turn;
  searched = location.search;
  takeAlong();
  const { q = "", ...filters } = Object.fromEntries(asked());
  const year = Number(filters.year);
  const inYear = ([, , first, last]) => !year || (first <= year && year <= last);
  reset();
  if (!q && !Object.keys(filters).length) return;
  state = {
    query: { words: asIndexed(q), filters: Object.entries(filters).map(filtering) },
    found: [],
    wanted: [],
    left: data.parts.filter(inYear),
  };
  say(data.words.searching);
  try {
    if (state.left.length) await go(mine, number, 1);
    else say(data.words.nothing, data.words.advice);
  } catch {
    if (mine === turn) fail();
  }
};

const fill = () => {
  const given = new URLSearchParams(location.search);
  for (const name of FIELDS) {
    const field = form.elements[name];
    field.value = given.get(name) ?? "";
    if (field.selectedIndex === -1) field.value = "";
  }
};

const submit = (event) => {
  event.preventDefault();
  const address = new URL(location.pathname, location);
  for (const [name, value] of asked()) address.searchParams.set(name, value);
  if (address.href !== location.href) history.pushState(null, "", address);
  search();
};

form.addEventListener("submit", submit);
form.addEventListener("change", (event) => event.target.localName === "select" && submit(event));
window.addEventListener("popstate", (event) => {
  if (location.search === searched) return; // another place of this page
  fill();
  search(event.state?.number);
});
more.addEventListener("click", async () => {
  const mine = turn;
  try {
    const first = await show(list.children.length + SHOWN, mine);
    first?.querySelector("a[href]:not([hreflang])").focus();
  } catch {
    if (mine === turn) fail();
  }
});
older.addEventListener("click", async () => {
  const mine = ++turn;
  say(data.words.searching);
  try {
    await go(mine, Math.max(SHOWN, list.children.length), 1);
    if (mine === turn && older.hidden) (list.querySelector("h3 a") ?? form.elements.q).focus();
  } catch {
    if (mine === turn) fail();
  }
});

more.textContent = data.words.more;
older.textContent = data.words.older;
fill();
search(history.state?.number);
