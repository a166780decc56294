// The one session that is picked up, by mouse, finger or key: where it would go, what is in the way, and dropping it.
import { make } from "./board.js";

export class Held {
  constructor(editor) {
    this.editor = editor;
    this.now = null;
    this.snapper = document.getElementById("tt-snap");
    this.tray = document.getElementById("tt-tray");
    this.marks = [];
    this.shown = [];
  }

  get snap() {
    return Number(this.snapper.value);
  }

  // Picks a session up. `stretch`: its length is to change, not its place.
  async begin(item, { stretch = false, column, starts } = {}) {
    const { board, data } = this.editor;
    this.end();
    const placed = item.starts !== undefined && board.isHere(item);
    this.now = {
      item,
      stretch,
      seen: item.seen,
      minutes: item.minutes,
      column: column ?? (placed ? board.number(item) : 0),
      starts: starts ?? (placed ? item.starts : data.first),
      tray: false,
      day: "",
      moved: false,
    };
    this.ghost = make("div", "tt-ghost");
    this.ghost.append(make("span", "tt-title", item.title), make("span", "tt-meta"));
    for (const element of document.querySelectorAll(`[data-code="${CSS.escape(item.code)}"]`)) element.classList.add("is-held");
    board.measures = null;
    this.show();
    await this.look();
  }

  // Asks where it would clash, and hatches that.
  async look() {
    const held = this.now;
    const marks = await this.editor.server.clashes(held.item.code, held.minutes);
    if (this.now !== held || !marks) return;
    this.marks = marks;
    this.hatch();
    this.show();
  }

  hatch() {
    const { board, data } = this.editor;
    for (const mark of this.shown) mark.remove();
    this.shown = [];
    const parts = board.columns.map(() => []);
    for (const mark of this.marks) {
      const from = Math.max(mark.after + 1, data.first);
      const to = Math.min(mark.before, data.last);
      if (to <= from) continue;
      const columns = mark.rooms ? mark.rooms.map((room) => board.numbers.get(room)) : board.columns.keys();
      for (const n of columns) if (n !== undefined) parts[n].push([from, to, mark.error]);
    }
    parts.forEach((stretches, n) => {
      for (const [from, to, error] of joined(stretches)) {
        const element = make("div", error ? "tt-mark" : "tt-mark is-warning");
        element.style.setProperty("--at", from - data.first);
        element.style.setProperty("--for", to - from);
        board.columns[n].append(element);
        this.shown.push(element);
      }
    });
  }

  to({ column = this.now.column, starts = this.now.starts, minutes = this.now.minutes, tray = false, day = "" }) {
    const { data, board } = this.editor;
    const held = this.now;
    const next = {
      column: Math.min(Math.max(column, 0), board.columns.length - 1),
      starts: Math.min(Math.max(starts, data.first), data.last - 5),
      minutes: Math.max(minutes, 5),
      tray,
      day,
    };
    if (Object.keys(next).every((name) => held[name] === next[name])) return;
    const longer = held.minutes !== next.minutes;
    Object.assign(held, next, { moved: true });
    this.show();
    if (longer) {
      clearTimeout(this.again);
      this.again = setTimeout(() => this.now === held && this.look(), 100);
    }
  }

  show() {
    const { board, data, talk } = this.editor;
    const held = this.now;
    this.tray.classList.toggle("is-target", held.tray);
    this.ghost.hidden = held.tray || Boolean(held.day);
    this.aim?.classList.remove("is-aim");
    this.leaf?.classList.remove("is-aim");
    if (held.day) {
      this.leaf = document.querySelector(`.days [data-day="${held.day}"]`);
      this.leaf.classList.add("is-aim");
      this.reason = talk.fill("to_day", { day: this.leaf.textContent.trim().replace(/\s+/g, " ") });
      talk.soon(this.reason, "");
      return;
    }
    if (held.tray) {
      talk.soon(talk.fill("to_tray"), "");
      this.reason = talk.fill("to_tray");
      return;
    }
    this.ghost.style.setProperty("--at", held.starts - data.first);
    this.ghost.style.setProperty("--for", Math.min(held.minutes, data.last - held.starts));
    this.ghost.lastChild.textContent = talk.span(held);
    const column = board.columns[held.column];
    if (this.ghost.parentElement !== column) column.append(this.ghost);
    this.aim = board.heads[held.column];
    this.aim.classList.add("is-aim");
    const wrong = this.wrong();
    this.ghost.classList.toggle("is-clash", wrong.length > 0);
    const where = talk.fill("at", { time: talk.span(held), room: board.room(held.column).name });
    this.reason = wrong.length
      ? `${wrong[0].sentence}${wrong.length > 1 ? ` (${talk.fill("more", { n: wrong.length - 1 })})` : ""}`
      : talk.fill("free");
    talk.soon(`${where}. ${this.reason}`, wrong.length ? "clash" : "free");
  }

  // What would clash at the place where it is held: errors first.
  wrong(column = this.now.column, starts = this.now.starts) {
    const { code } = this.editor.board.room(column);
    return this.marks
      .filter((mark) => mark.after < starts && starts < mark.before && (!mark.rooms || mark.rooms.includes(code ?? "")))
      .sort((a, b) => Number(Boolean(b.error)) - Number(Boolean(a.error)));
  }

  // The next start and room at which nothing is in the way: rooms in their order, then later.
  nextFree() {
    const { board, data } = this.editor;
    const { column, starts, minutes } = this.now;
    for (let at = starts; at + minutes <= data.last; at += this.snap) {
      for (let n = at === starts ? column + 1 : 0; n < board.columns.length; n += 1) {
        if (!board.room(n).floor && !this.wrong(n, at).length) return this.to({ column: n, starts: at });
      }
    }
    return undefined;
  }

  async drop() {
    const held = this.now;
    const { item } = held;
    this.end();
    if (held.day) return this.toDay(item, held.day, held.seen);
    if (held.tray) return this.toTray(item, held.seen);
    if (!held.moved && item.starts !== undefined) return this.editor.talk.tell("left", item);
    const room = this.editor.board.room(held.column).code ?? "";
    await this.place(item, { starts: held.starts, minutes: held.minutes, room }, held.seen);
    return undefined;
  }

  async toTray(item, seen = item.seen) {
    if (item.starts === undefined) return this.editor.talk.tell("left", item);
    return this.place(item, { starts: undefined, minutes: item.minutes, room: "" }, seen);
  }

  // To another day: where there, the server says, and why not where it was.
  async toDay(item, day, seen = item.seen) {
    const { server, talk, lists, keys, board, items } = this.editor;
    const before = board.drawn.get(item.code);
    const next = [...board.drawn.values()].find((other) => other !== before && other.item.starts >= (item.starts ?? 0));
    const done = await server.post(`/${encodeURIComponent(item.code)}/day`, { day }, [["seen", item.code, seen]]);
    if (done?.conflict) {
      if (await lists.ask(done.conflict)) await this.toDay(items.get(item.code), day, done.conflict.seen);
      return;
    }
    if (!done) return;
    talk.say(done.said ?? "");
    if (items.get(item.code)?.starts === undefined) keys.focus(item.code);
    else if (next) keys.focus(next.item.code);
  }

  // Shows it there at once, and asks the server; what it answers is what counts.
  async place(item, where, seen) {
    const { server, talk, board, keys } = this.editor;
    const slot = `${where.starts ?? "-"} ${where.minutes} ${where.room}`.trim();
    if (slot === item.seen) return;
    server.accept({ ...item, ...where }, { saving: true });
    keys.focus(item.code);
    const done = await server.post(`/${encodeURIComponent(item.code)}/slot`, { slot }, [["seen", item.code, seen]]);
    const there = this.editor.items.get(item.code);
    if (!done) {
      if (there) server.accept(server.known.get(item.code) ?? item);
      return;
    }
    if (done.conflict) {
      server.accept(server.known.get(item.code) ?? item);
      if (await this.editor.lists.ask(done.conflict)) {
        await this.place(this.editor.items.get(item.code), where, done.conflict.seen);
      }
      return;
    }
    const words = { title: item.title, time: where.starts && talk.clock(where.starts), room: board.room(board.number(where)).name };
    talk.tell(where.starts === undefined ? "returned" : "dropped", words);
  }

  cancel() {
    if (!this.now) return;
    const { item } = this.now;
    this.end();
    this.editor.talk.tell("left", item);
    this.editor.keys.focus(item.code);
  }

  end() {
    if (!this.now) return;
    clearTimeout(this.again);
    for (const element of document.querySelectorAll(".is-held")) element.classList.remove("is-held");
    for (const mark of this.shown) mark.remove();
    this.shown = [];
    this.marks = [];
    this.ghost.remove();
    this.aim?.classList.remove("is-aim");
    this.leaf?.classList.remove("is-aim");
    this.tray.classList.remove("is-target");
    this.editor.talk.say("");
    this.now = null;
  }
}

// Stretches that touch become one; where an error and a warning meet, the error stays on top.
function joined(stretches) {
  const found = [];
  for (const wanted of [false, true]) {
    let last = null;
    for (const [from, to, error] of stretches.filter((s) => Boolean(s[2]) === wanted).sort((a, b) => a[0] - b[0])) {
      if (last && from <= last[1]) last[1] = Math.max(last[1], to);
      else found.push((last = [from, to, error]));
    }
  }
  return found;
}
