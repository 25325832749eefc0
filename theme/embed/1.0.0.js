/*! announcement-feed 1.0.0: the newest entries of a JSON Feed, as a list of links.

<announcement-feed src="https://…/feed.json" limit="5" heading-level="3">
  <a href="https://…/">Announcements</a>
</announcement-feed>

The link inside is shown until the feed is there, and stays if it never comes.
Style it with --announcement-feed-ink, -quiet, -link, -line, -paper, -font, or by
::part(feed | heading | list | item | link | date | state | event). It follows `color-scheme`. */
(() => {
  "use strict";

  const NAME = "announcement-feed";
  if (customElements.get(NAME)) return;

  const PATIENCE = 8000; // milliseconds until a slow feed is given up
  const MOST = 50; // entries
  const LONGEST = 300; // characters of a title

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { display: block; min-inline-size: 0 }
    :host([hidden]) { display: none }
    .feed {
      all: initial;
      --ink: #1b1b1d; --quiet: #55565c; --link: #14508c; --line: #d9d5cc; --paper: #fff;
      box-sizing: border-box; display: block; color-scheme: inherit;
      padding: 1em 1.125em .375em;
      border: 1px solid var(--announcement-feed-line, var(--line));
      background: var(--announcement-feed-paper, var(--paper));
      color: var(--announcement-feed-ink, var(--ink));
      font: medium/1.5 var(--announcement-feed-font, system-ui, "Segoe UI", Roboto, "Noto Sans",
        "Helvetica Neue", Arial, "Liberation Sans", sans-serif);
      overflow-wrap: anywhere;
    }
    @supports (color: light-dark(#000, #fff)) {
      .feed {
        --ink: light-dark(#1b1b1d, #ececea); --quiet: light-dark(#55565c, #b1b2b6);
        --link: light-dark(#14508c, #8fc1f5); --line: light-dark(#d9d5cc, #3b3d43);
        --paper: light-dark(#fff, #16171a);
      }
    }
    h1, h2, h3, h4, h5, h6 { margin: 0 0 .625em; font-size: 1.0625em; text-wrap: balance }
    ul { list-style: none; margin: 0; padding: 0 }
    li { padding-block: .625em; border-block-start: 1px solid
      var(--announcement-feed-line, var(--line)) }
    a { color: var(--announcement-feed-link, var(--link)); text-underline-offset: .15em }
    li a { display: block; font-weight: 600 }
    h1 a, h2 a, h3 a, h4 a, h5 a, h6 a { color: inherit; text-decoration-color:
      var(--announcement-feed-line, var(--line)) }
    a:hover { text-decoration: underline .12em currentcolor }
    a:focus-visible { outline: 3px solid #ffbf1f; outline-offset: 2px; background: #ffbf1f;
      color: #1b1b1d }
    p { margin: 0; font-size: .875em }
    .date { color: var(--announcement-feed-quiet, var(--quiet)) }
    p::first-letter { text-transform: uppercase }
  `);

  /** A text of the feed on one line and of bearable length; "" for anything else. */
  const words = (value) => {
    if (typeof value !== "string") return "";
    const line = value.slice(0, 4 * LONGEST).replace(/\s+/g, " ").trim();
    if (line.length <= LONGEST) return line;
    return `${line.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, "").trimEnd()}…`;
  };

  /** An address that a link may lead to; "" for any that is not of the web. */
  const address = (value, base) => {
    if (typeof value !== "string") return "";
    try {
      const url = new URL(value, base);
      return /^https?:$/.test(url.protocol) ? url.href : "";
    } catch {
      return "";
    }
  };

  /** A language that this browser knows by its tag; "" for anything else. */
  const tag = (value) => {
    try {
      return Intl.getCanonicalLocales(words(value))[0] || "";
    } catch {
      return "";
    }
  };

  /** A number of an attribute within bounds. */
  const within = (value, least, most, otherwise) => {
    const number = Number.parseInt(value, 10);
    return Number.isNaN(number) ? otherwise : Math.min(Math.max(number, least), most);
  };

  const make = (name, part, ...children) => {
    const element = document.createElement(name);
    if (part) element.setAttribute("part", part);
    element.append(...children);
    return element;
  };

  const linkTo = (href, text, part) => {
    const element = make("a", part, text);
    element.href = href;
    element.rel = "noopener";
    element.referrerPolicy = "no-referrer";
    return element;
  };

  /** A date or a time as it is there, whatever the reader's own zone, in the feed's own words if it
      has some; null if it is none. */
  const time = (value, language) => {
    const found = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d))?/.exec(words(value));
    const at = found && new Date(`${found[1]}T${found[2] || "00:00"}Z`);
    if (!at || Number.isNaN(at.getTime())) return null;
    return (worded, withTime) => {
      const style = { dateStyle: "long", timeZone: "UTC" };
      if (withTime && found[2]) style.timeStyle = "short";
      const text = words(worded) || new Intl.DateTimeFormat(language || [], style).format(at);
      const element = make("time", "", text);
      element.dateTime = words(value);
      return element;
    };
  };

  /** An entry of the list; null if it has no title or leads nowhere. */
  const entry = (item, base, language) => {
    const url = address(item?.url, base);
    const title = words(item?.title) || words(item?.summary);
    if (!url || !title) return null;
    const own = tag(item.language) || language;
    const link = linkTo(url, title, "link");
    link.dir = "auto";
    const element = make("li", "item", link);
    if (own !== language) element.lang = own;
    const said = item._words;
    const published = time(item.date_published, own);
    if (published) {
      const state = words(said?.state);
      const date = make("p", "date", published(said?.date, false));
      if (state) date.append(" ", make("strong", "state", state));
      date.className = "date";
      element.prepend(date);
    }
    const starts = time(item._event?.starts, own);
    if (starts) {
      const venue = words(item._event.venue);
      element.append(make("p", "event", starts(said?.when, true), venue ? ` · ${venue}` : ""));
    }
    return element;
  };

  /** The list with its heading; null if there is nothing to list. */
  const list = (feed, base, limit, level) => {
    const language = tag(feed.language);
    const entries = make("ul", "list");
    for (const item of feed.items.slice(0, 4 * MOST)) {
      const element = entry(item, base, language);
      if (element) entries.append(element);
      if (entries.childElementCount === limit) break;
    }
    if (!entries.firstChild) return null;
    const title = words(feed.title);
    const home = address(feed.home_page_url, base);
    const heading = make(`h${level}`, "heading", home ? linkTo(home, title) : title);
    heading.id = "heading";
    entries.setAttribute("role", "list");
    if (title) entries.setAttribute("aria-labelledby", "heading");
    const element = make("div", "feed", ...(title ? [heading] : []), entries);
    element.className = "feed";
    element.dir = "auto";
    if (language) element.lang = language;
    return element;
  };

  const read = async (url, signal) => {
    const answer = await fetch(url, {
      credentials: "omit",
      referrerPolicy: "no-referrer",
      signal,
    });
    const feed = answer.ok ? await answer.json() : null;
    return Array.isArray(feed?.items) ? feed : null;
  };

  const loads = new Map(); // by address: what all elements of the page share

  const load = (url) => {
    let shared = loads.get(url);
    if (!shared) {
      const stop = new AbortController();
      const timer = setTimeout(() => stop.abort(), PATIENCE);
      const forget = () => loads.get(url) === shared && loads.delete(url);
      shared = { users: 0, done: false };
      shared.leave = () => {
        shared.users -= 1;
        if (shared.done || shared.users) return;
        forget();
        stop.abort();
      };
      shared.feed = read(url, stop.signal)
        .catch(() => null)
        .then((feed) => {
          clearTimeout(timer);
          shared.done = true;
          if (!feed) forget();
          return feed;
        });
      loads.set(url, shared);
    }
    shared.users += 1;
    return shared;
  };

  class AnnouncementFeed extends HTMLElement {
    static observedAttributes = ["src", "limit", "heading-level"];

    #root = this.attachShadow({ mode: "open" });
    #isOnPage = false;
    #shared = null;
    #feed = null;
    #url = "";

    constructor() {
      super();
      this.#root.adoptedStyleSheets = [sheet];
      this.#show();
    }

    connectedCallback() {
      this.#isOnPage = true;
      this.#load();
    }

    disconnectedCallback() {
      this.#isOnPage = false;
      this.#leave();
    }

    attributeChangedCallback(name) {
      if (!this.#isOnPage) return;
      if (name === "src") this.#load();
      else this.#show();
    }

    #leave() {
      this.#shared?.leave();
      this.#shared = null;
    }

    async #load() {
      this.#leave();
      const url = address(this.getAttribute("src") || "about:", document.baseURI);
      if (url !== this.#url) {
        this.#url = url;
        this.#feed = null;
        this.#show();
      }
      if (!url) return;
      const shared = load(url);
      this.#shared = shared;
      const feed = await shared.feed;
      if (this.#shared !== shared) return;
      this.#feed = feed;
      this.#show();
    }

    #show() {
      const limit = within(this.getAttribute("limit"), 1, MOST, 5);
      const level = within(this.getAttribute("heading-level"), 1, 6, 3);
      const shown = this.#feed && list(this.#feed, this.#url, limit, level);
      this.#root.replaceChildren(shown || document.createElement("slot"));
    }
  }

  customElements.define(NAME, AnnouncementFeed);
})();
