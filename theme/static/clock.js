// Moves the words for events on, from upcoming to on now to past: at once, and as long as the page
// is open. It only goes forward, so that a reader's clock that is slow takes nothing back.
const { dataset } = document.currentScript;
const phase = (mark) => {
  const now = Date.now();
  if (now >= Date.parse(mark.dataset.over)) return "past";
  return now >= Date.parse(mark.dataset.starts) ? "now" : "";
};
const refine = () => {
  for (const mark of document.querySelectorAll("[data-over]")) {
    const name = phase(mark);
    if (!name || mark.classList.contains(`phase-${name}`)) continue;
    mark.className = `phase phase-${name}`;
    mark.textContent = dataset[name];
    if (name === "past") mark.removeAttribute("data-over");
  }
};
refine();
setInterval(refine, 60000);
