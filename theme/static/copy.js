// Adds a button that copies an address to each [data-copy]; without script the link itself serves.
const said = document.querySelector("[data-said]");
if (navigator.clipboard && said) {
  for (const place of document.querySelectorAll("[data-copy]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = said.dataset.label;
    button.setAttribute("aria-label", `${said.dataset.label}: ${place.dataset.name}`);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(place.dataset.copy);
      said.textContent = `${said.dataset.said}: ${place.dataset.name}`;
    });
    place.append(button);
  }
}
