// In the browser: reloads the page when it has changed, says what is not public and what is wrong.

const { key, gone: stopped } = document.currentScript.dataset;
const address = decodeURI(location.pathname);

const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  :host { position: fixed; inset: auto 0 0; z-index: 2147483647; font: 16px/1.5 system-ui, sans-serif; }
  section { max-block-size: 60vh; overflow: auto; padding: 0.75em 1em; color: #1c1a19; }
  section:empty { display: none; }
  .waiting { background: #ffe9b3; border-block-start: 4px solid #b77a00; }
  .faults { background: #fcefed; border-block-start: 4px solid #861818; }
  .gone { background: #e7e4de; border-block-start: 4px solid #4c4845; }
  strong { display: block; }
  ol { margin: 0.5em 0 0; padding-inline-start: 1.5em; }
  code { font: 0.9375em/1.5 ui-monospace, monospace; user-select: all; }
  @media print { :host { display: none; } }
`);

const bar = document.createElement("archive-preview");
const root = bar.attachShadow({ mode: "open" });
root.adoptedStyleSheets = [sheet];
const [waiting, faults, gone] = ["waiting", "faults", "gone"].map((name) => {
  const section = document.createElement("section");
  section.className = name;
  section.setAttribute("role", name === "faults" ? "alert" : "status");
  root.append(section);
  return section;
});
document.body.append(bar);

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

function showFaults(news) {
  faults.replaceChildren();
  if (!news.faults.length) return;
  const list = document.createElement("ol");
  for (const fault of news.faults) {
    const item = document.createElement("li");
    item.append(element("code", fault.place), " ", fault.text);
    list.append(item);
  }
  faults.append(element("strong", news.heading), list);
}

function mark(news) {
  const here = news.waiting[address];
  waiting.replaceChildren(...(here ? [element("strong", here)] : []));
  for (const old of document.querySelectorAll("[data-preview]")) old.remove();
  for (const link of document.querySelectorAll("main a[href]")) {
    const to = link.origin === location.origin && decodeURI(link.pathname);
    const text = to !== address && news.waiting[to];
    if (!text) continue;
    const badge = element("span", text);
    badge.dataset.preview = "";
    badge.style.cssText =
      "margin-inline-start: 0.5em; padding: 0 0.4em; font: 0.8em/1.5 system-ui, sans-serif;" +
      " color: #1c1a19; background: #ffe9b3; outline: 1px solid #b77a00;";
    link.after(badge);
  }
}

let events;

function heard(message) {
  const news = JSON.parse(message.data);
  gone.replaceChildren();
  if (news.has_changed) {
    events.close();
    if (news.address === address) location.reload();
    else location.replace(news.address);
    return;
  }
  showFaults(news);
  mark(news);
}

// A browser opens six connections to a host: tabs that nobody sees leave theirs to others.
function listen() {
  events?.close();
  if (document.hidden) return;
  events = new EventSource(`/.preview/news?${new URLSearchParams({ address, key })}`);
  events.onmessage = heard;
  events.onerror = () => gone.replaceChildren(element("strong", stopped));
}

document.addEventListener("visibilitychange", listen);
listen();
