// Cells of a list are changed where they stand: pressed, or with the arrow keys and Enter. Without this the form of
// the whole thing does the same.

const results = document.getElementById("results");
const dialog = document.createElement("dialog");
let opened = null;

if (results) {
  dialog.className = "cell-dialog";
  document.querySelector("main").append(dialog);
  prepare();
  new MutationObserver(prepare).observe(results, { childList: true });
  results.addEventListener("click", (event) => {
    const cell = event.target.closest("button.cell");
    if (cell) open(cell);
  });
  results.addEventListener("keydown", walk);
  dialog.addEventListener("submit", save);
  dialog.addEventListener("click", (event) => {
    if (!event.target.closest("[data-leave]") && event.target !== dialog) return;
    event.preventDefault();
    dialog.close();
  });
  dialog.addEventListener("close", () => opened?.focus());
}

function prepare() {
  const cells = results.querySelectorAll("[data-cell]:not([data-ready])");
  for (const cell of cells) {
    cell.dataset.ready = "";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "cell";
    button.tabIndex = -1;
    const words = results.querySelector("table").dataset;
    if (cell.tagName === "TH") {
      button.classList.add("is-title");
      button.ariaLabel = words.change.replace("{what}", cell.querySelector("a").textContent);
      cell.append(button);
    } else {
      say(button, cell.textContent.trim());
      button.ariaDescription = words.change.replace("{what}", cell.dataset.label);
      cell.replaceChildren(...cell.querySelectorAll(".swatch"), button);
    }
  }
  const first = results.querySelector("button.cell");
  if (first && !results.querySelector("button.cell[tabindex='0']")) first.tabIndex = 0;
}

function say(button, text) {
  button.textContent = text || "–";
  button.classList.toggle("is-empty", !text);
}

// One stop for Tab; from there the arrow keys lead from cell to cell.
function walk(event) {
  const cell = event.target.closest?.("button.cell");
  const [down, along] = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] }[event.key] ?? [0, 0];
  if (!cell || (!down && !along)) return;
  event.preventDefault();
  const row = cell.closest("tr");
  const other = down > 0 ? row.nextElementSibling : down < 0 ? row.previousElementSibling : row;
  const at = [...row.querySelectorAll("button.cell")].indexOf(cell);
  const next = other?.querySelectorAll("button.cell")[at + along];
  if (!next) return;
  cell.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

async function open(cell) {
  const holder = cell.closest("[data-cell]");
  try {
    await shown(await fetch(holder.dataset.cell, { headers: { accept: "text/html" } }));
  } catch {
    return void location.assign(holder.closest("tr").querySelector("th a").href);
  }
  opened = cell;
  const place = holder.getBoundingClientRect();
  const wide = innerWidth > 720;
  dialog.style.insetInlineStart = wide ? `${Math.min(place.left, innerWidth - 400)}px` : "";
  dialog.style.insetBlockStart = wide ? `${Math.max(8, Math.min(place.top - 8, innerHeight - 260))}px` : "";
  dialog.classList.toggle("is-placed", wide);
  dialog.showModal();
  focusField();
}

function focusField() {
  const field = dialog.querySelector("form :is(input, select, textarea):not([type=hidden])");
  field?.focus();
  field?.select?.();
}

// Answers whether the page that came holds the form; else what is typed stays, with a word about it.
async function shown(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const form = page.querySelector("[data-cell-form]");
  if (!form) throw new Error("no form");
  dialog.setAttribute("aria-label", page.querySelector("h1").textContent);
  dialog.replaceChildren(form);
  return page;
}

async function save(event) {
  event.preventDefault();
  const form = event.target;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { accept: "text/html" } });
    const page = await shown(answer);
    const said = page.querySelector("[data-said]");
    if (!said) return void focusField();
    written(said.textContent);
    dialog.close();
  } catch {
    const told = form.querySelector("[data-told]") ?? form.appendChild(document.createElement("p"));
    told.dataset.told = "";
    told.className = "field-wrong";
    told.setAttribute("role", "alert");
    told.textContent = results.querySelector("table").dataset.unsaved;
  }
}

function written(text) {
  const holder = opened.closest("[data-cell]");
  if (holder.tagName === "TH") holder.querySelector("a").textContent = text;
  else say(opened, text);
}
