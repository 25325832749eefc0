// Copies an address or a snippet. Without script there are no buttons: links and snippets serve.
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("button.copy")) {
    const words = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const code = button.closest(".snippet")?.querySelector("code");
      try {
        await navigator.clipboard.writeText(button.dataset.copy ?? code.textContent);
      } catch {
        return; // the browser or its user forbids it
      }
      button.textContent = button.dataset.done;
      setTimeout(() => (button.textContent = words), 2000);
    });
  }
}
