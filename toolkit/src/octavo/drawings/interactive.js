// Charts on request: the button loads the library, and the chart replaces its picture.

const { createElement } = document;
const { setAttribute } = Element.prototype;

// The Content-Security-Policy blocks <style> and style="": Plotly's rules go into a sheet of the script's own, which it
// allows, and its inline styles are set one by one.
document.createElement = function (name, ...rest) {
  if (name !== "style") return createElement.call(this, name, ...rest);
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets.push(sheet);
  return Object.assign(createElement.call(this, "i"), { sheet, hidden: true });
};
Element.prototype.setAttribute = function (name, value) {
  if (name === "style") this.style.cssText = value;
  else setAttribute.call(this, name, value);
};

const draw = {
  Plotly: (place, chart) => window.Plotly.newPlot(place, chart.data, chart.layout, { ...chart.config, responsive: true }),
  // `ast`: expressions are interpreted, as the policy allows no `eval`.
  Vega: (place, chart) => window.vegaEmbed(place, chart, { ast: true, actions: false, defaultStyle: false, tooltip: false }),
};

const libraries = {};

function load(address) {
  libraries[address] ??= new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src: address, onload: resolve, onerror: reject });
    document.head.append(script);
  });
  return libraries[address];
}

async function show(button) {
  button.disabled = true;
  const { library, script, chart } = button.dataset;
  const [answer] = await Promise.all([fetch(chart), load(script)]);
  const place = document.createElement("div");
  place.className = "drawn";
  button.before(place);
  await draw[library](place, await answer.json());
  button.parentElement.querySelector(".drawing")?.remove();
  button.remove();
  place.tabIndex = -1;
  place.focus(); // or it would be lost with the button
}

for (const button of document.querySelectorAll(".draw-chart")) {
  button.hidden = false;
  button.addEventListener("click", () => show(button).catch(() => { button.disabled = false; }));
}
