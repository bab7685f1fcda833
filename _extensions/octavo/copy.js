// Copy buttons: each `.copy` copies the text of the `pre` beside it and says so. Code gets its button here.

const { copy, copied } = document.querySelector("script[data-copied]").dataset;

const copyText = async (pre) => {
  try {
    await navigator.clipboard.writeText(pre.textContent);
  } catch {
    // There is no clipboard without https. If the old API fails, too, the text is selected, so that the reader can copy it.
    getSelection().selectAllChildren(pre);
    document.execCommand("copy");
  }
};

const showButtons = (buttons) => {
  for (const button of buttons) {
    button.hidden = false;
    button.ariaLive = "polite";
  }
};

for (const block of document.querySelectorAll("div.sourceCode")) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "copy", textContent: copy });
  block.append(button);
}

// Among a thousand closed entries, only opened ones need a button.
showButtons(document.querySelectorAll(".copy:not(details *)"));
document.addEventListener("toggle", ({ target }) => showButtons(target.querySelectorAll(".copy")), true);

document.addEventListener("click", async ({ target }) => {
  const button = target.closest(".copy");
  if (!button) return;
  await copyText(button.parentElement.querySelector("pre"));
  button.textContent = copied;
  setTimeout(() => { button.textContent = copy; }, 2000);
});
