// The browser's part of the live preview: it reloads when there is another version, and keeps the place on the page.
"use strict";
(() => {
  const own = document.currentScript.dataset.version;
  const key = `homepage-preview:${location.pathname}`;
  let stream = null;

  const restore = () => {
    const place = JSON.parse(sessionStorage.getItem(key) ?? "null");
    if (place) scrollTo({ left: place[0], top: place[1], behavior: "instant" });
  };

  const reload = () => {
    sessionStorage.setItem(key, JSON.stringify([scrollX, scrollY]));
    stream.close();
    location.reload();
  };

  // Only while the page is visible: a browser keeps few connections to one host, and hidden tabs would use them up.
  const listen = () => {
    stream?.close();
    stream = null;
    if (document.hidden) return;
    stream = new EventSource("/__preview__/events");
    stream.addEventListener("version", (event) => {
      if (event.data !== own) reload();
    });
  };

  restore();
  addEventListener("load", () => {
    restore();
    sessionStorage.removeItem(key);
  });
  addEventListener("pagehide", () => stream?.close());
  addEventListener("pageshow", (event) => event.persisted && listen());
  document.addEventListener("visibilitychange", listen);
  listen();
})();
