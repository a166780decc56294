// Beside the board: what is not placed, what wants a look, and the session that is chosen.
import { make } from "./board.js";

export class Lists {
  constructor(editor) {
    this.editor = editor;
    this.waiting = document.getElementById("tt-waiting");
    this.found = document.getElementById("tt-found");
    this.bar = document.getElementById("tt-chosen");
    this.count = document.querySelector("#tt-tray .tt-count");
    this.findingCount = document.querySelector("#tt-findings .tt-count");
    this.filters = Object.fromEntries(["search", "track", "panel", "kind"].map((name) => [name, document.getElementById(`tt-${name}`)]));
    this.options();
    for (const filter of Object.values(this.filters)) filter.addEventListener("input", () => this.drawTray());
    this.bar.addEventListener("click", (event) => this.act(event.target.dataset.do));
    document.getElementById("tt-help").addEventListener("click", () => document.getElementById("tt-keys").showModal());
  }

  options() {
    const { tracks, panels, sessions } = this.editor.data;
    const kinds = [...new Set(sessions.map((item) => item.kind))].sort();
    fill(this.filters.track, Object.entries(tracks));
    fill(this.filters.panel, Object.entries(panels));
    fill(this.filters.kind, kinds.map((kind) => [kind, kind]));
  }

  drawTray() {
    const { board, items, talk } = this.editor;
    const all = [...items.values()].filter((item) => item.starts === undefined);
    const { search, track, panel, kind } = this.filters;
    const words = plain(search.value).split(" ").filter(Boolean);
    const shown = all.filter((item) => (!track.value || item.track === track.value)
      && (!panel.value || item.panel === panel.value)
      && (!kind.value || item.kind === kind.value)
      && words.every((word) => plain(`${item.title} ${item.who ?? ""} ${item.code}`).includes(word)));
    const focused = document.activeElement?.closest?.("#tt-waiting .tt-session")?.dataset.code;
    const elements = shown.map((item) => board.session(item));
    if (elements.length) elements[0].tabIndex = 0;
    const empty = all.length ? talk.fill("none_found") : talk.fill("all_placed");
    this.waiting.replaceChildren(...(elements.length ? elements : [make("p", "soft", empty)]));
    this.count.textContent = shown.length === all.length ? all.length : `${shown.length} / ${all.length}`;
    if (focused) (elements.find((element) => element.dataset.code === focused) ?? elements[0])?.focus();
  }

  drawFindings(found) {
    const { talk, board } = this.editor;
    board.findings(found);
    this.findingCount.textContent = found.length;
    const elements = found.map(({ severity, sentence, sessions }) => {
      const about = sessions.find((code) => board.drawn.has(code)) ?? sessions[0];
      const element = make(about ? "button" : "p", `tt-finding is-${severity}`);
      element.append(make("strong", "", `${talk.fill(severity)}: `), sentence);
      if (about) element.addEventListener("click", () => this.go(about, sessions));
      return element;
    });
    this.found.replaceChildren(...(elements.length ? elements : [make("p", "soft", talk.fill("no_findings"))]));
  }

  // To a session that a finding is about: here, in the tray, or on its own day.
  go(code, sessions) {
    const { board, keys, items, data } = this.editor;
    const waits = items.has(code) && items.get(code).starts === undefined;
    if (!board.drawn.has(code) && !waits) {
      location.assign(`${data.address}/${encodeURIComponent(code)}`);
      return;
    }
    for (const other of sessions) {
      const element = board.drawn.get(other);
      element?.classList.add("is-pointed");
      setTimeout(() => element?.classList.remove("is-pointed"), 2500);
    }
    keys.focus(code);
    this.choose(code);
  }

  choose(code) {
    const { items, talk, board, data } = this.editor;
    const item = items.get(code);
    for (const element of document.querySelectorAll(".is-chosen")) element.classList.remove("is-chosen");
    this.editor.chosen = item ? code : null;
    this.bar.hidden = !item;
    if (!item) return;
    for (const element of document.querySelectorAll(`[data-code="${CSS.escape(code)}"]`)) element.classList.add("is-chosen");
    const when = item.starts === undefined ? talk.fill("unplaced") : `${talk.span(item)}, ${board.room(board.number(item)).name}`;
    this.bar.querySelector(".tt-chosen-title").textContent = item.title;
    this.bar.querySelector(".tt-chosen-title").title = `${item.title}, ${when}`;
    this.bar.querySelector("[data-do=tray]").hidden = item.starts === undefined;
    const forms = this.bar.querySelector(".tt-forms");
    forms.href = `${data.address}/${encodeURIComponent(code)}`;
    forms.setAttribute("aria-label", talk.fill("open", item));
  }

  act(what) {
    const { held, keys, items } = this.editor;
    const item = items.get(this.editor.chosen);
    if (!item) return;
    if (what === "hold") keys.pickUp(item);
    if (what === "swap") keys.mark(item);
    if (what === "day") keys.askDay(item);
    if (what === "tray") held.toTray(item);
  }

  // Shows where both stand; answers whether it is to be moved all the same.
  ask(conflict) {
    const { talk } = this.editor;
    const dialog = document.getElementById("tt-conflict");
    dialog.querySelector(".tt-conflict-said").textContent = talk.fill("moved_by", { who: conflict.who || talk.fill("somebody"), title: conflict.title });
    dialog.querySelector(".tt-present").textContent = conflict.present;
    dialog.querySelector(".tt-wanted").textContent = conflict.wanted;
    dialog.returnValue = "leave";
    dialog.showModal();
    return new Promise((resolve) => {
      dialog.addEventListener("close", () => resolve(dialog.returnValue === "anyway"), { once: true });
    });
  }
}

function fill(select, pairs) {
  select.hidden = pairs.length < 2;
  select.append(...pairs.map(([value, text]) => new Option(text, value)));
}

function plain(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ");
}
