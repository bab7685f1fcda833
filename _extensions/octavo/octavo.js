// The theme: the reader's system decides until the switch is used; the choice is remembered on this device.
(() => {
  "use strict";
  const key = "theme";
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const system = () => (dark.matches ? "dark" : "light");
  const other = { dark: "light", light: "dark" };

  // Storage can be forbidden; then the choice lasts as long as the page.
  const storage = (action) => {
    try {
      return action(localStorage);
    } catch {
      return null;
    }
  };

  const apply = (theme) => {
    if (theme in other) root.dataset.theme = theme;
    else delete root.dataset.theme;
  };
  const current = () => root.dataset.theme ?? system();

  apply(storage((kept) => kept.getItem(key)));

  // Make scrolling elements reachable by keyboard, which some browsers leave to the page.
  const reach = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0");
      else target.removeAttribute("tabindex");
    }
  });

  // Ctrl+K or ⌘K leads to the search, where the menu has it. A letter alone would get in the way of speech input.
  addEventListener("keydown", (event) => {
    if (event.key !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    const field = document.querySelector("main.search input");
    const link = document.querySelector('.site-header a[href$="/search.html"]');
    if (!field && !link) return;
    event.preventDefault();
    if (field) field.select();
    else link.click();
  });

  addEventListener("DOMContentLoaded", () => {
    for (const wide of document.querySelectorAll("math, pre, table")) reach.observe(wide);
    // Silent films play if motion is welcome; otherwise, they wait for their controls.
    if (matchMedia("(prefers-reduced-motion: no-preference)").matches) {
      for (const film of document.querySelectorAll("video[loop]")) film.play().catch(() => {});
    }
    const button = document.querySelector(".theme-switch");
    if (!button) return;
    const label = () => {
      const next = other[current()];
      button.textContent = button.dataset[next];
      button.setAttribute("aria-label", button.dataset[`${next}Label`]);
    };
    button.addEventListener("click", () => {
      const chosen = other[current()];
      apply(chosen === system() ? null : chosen);
      storage((kept) => (chosen === system() ? kept.removeItem(key) : kept.setItem(key, chosen)));
      label();
    });
    dark.addEventListener("change", label);
    label();
    button.hidden = false;
  });
})();
