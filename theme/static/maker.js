/* The maker of `<language>/embed/`: fills the snippets in for what is chosen and shows them.
   Without it the page is plain documentation. */
(() => {
  "use strict";

  const form = document.querySelector("[data-maker]");
  const language = document.getElementById("Language");
  const list = document.getElementById("List");
  const number = document.getElementById("Number");
  const groups = [...list.children];
  const snippets = [...document.querySelectorAll("[data-pattern]")];
  const previews = [...document.querySelectorAll("[data-preview]")];

  const escapes = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };
  const escaped = (text) => text.replace(/[&<>"']/g, (sign) => escapes[sign]);

  /** The fields of the patterns, for what is chosen. */
  const fields = () => ({
    ...list.selectedOptions[0].dataset,
    tag: language.value,
    number: number.value,
  });

  /** An address of the site on the host that shows this page. */
  const here = (address) => new URL(address).pathname;

  const linkTo = ({ page, tag, title }) => {
    const link = document.createElement("a");
    link.href = here(page);
    link.lang = link.hreflang = tag;
    link.textContent = title;
    return link;
  };

  const shown = {
    link: linkTo,
    frame: ({ frame, title, tag }) => {
      const element = document.createElement("iframe");
      element.src = here(frame);
      element.title = title;
      element.lang = tag;
      element.width = "100%";
      element.height = "480";
      return element;
    },
    element: (chosen) => {
      const element = document.createElement("announcement-feed");
      element.setAttribute("src", `${here(chosen.page)}feed.json`);
      element.setAttribute("limit", chosen.number);
      element.setAttribute("heading-level", "3");
      element.append(linkTo(chosen));
      return element;
    },
  };

  const show = () => {
    const chosen = fields();
    for (const code of snippets) {
      const pattern = code.dataset.pattern;
      code.textContent = pattern.replace(/\{(\w+)\}/g, (_, name) => escaped(chosen[name]));
    }
    for (const preview of previews) {
      preview.replaceChildren(shown[preview.dataset.preview](chosen));
    }
  };

  /** The lists of the chosen language; the one that was chosen stays chosen. */
  const offer = () => {
    const chosen = list.value;
    list.replaceChildren(...groups.filter((group) => group.lang === language.value));
    list.value = chosen;
  };

  language.addEventListener("change", () => {
    offer();
    show();
  });
  list.addEventListener("change", show);
  number.addEventListener("change", () => {
    const wanted = Math.trunc(number.valueAsNumber);
    number.value = Number.isNaN(wanted) ? 5 : Math.min(Math.max(wanted, 1), 50);
    show();
  });
  form.addEventListener("submit", (event) => event.preventDefault());

  for (const part of [form, ...previews]) part.hidden = false;
  document.querySelector("[data-examples]").hidden = true;
  offer();
  show();
})();
