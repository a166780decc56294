// Everything by keys: going about, picking up, moving, dropping, undoing. The help dialog lists them.
export class Keys {
  constructor(editor) {
    this.editor = editor;
    document.addEventListener("keydown", (event) => this.press(event));
    document.addEventListener("focusin", (event) => this.follow(event.target.closest?.(".tt-session")));
  }

  press(event) {
    if (event.target.closest("input, select, textarea, dialog")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const handled = this.anywhere(key, event)
      || (event.ctrlKey || event.metaKey || event.altKey ? false
        : this.editor.held.now ? this.holding(key, event) : this.goingAbout(key, event));
    if (handled) event.preventDefault();
  }

  anywhere(key, event) {
    const { server } = this.editor;
    const command = event.ctrlKey || event.metaKey;
    if (command && key === "z") server.step(event.shiftKey ? "redo" : "undo");
    else if (command && key === "y") server.step("redo");
    else if (command || event.altKey) return false;
    else if (key === "?") document.getElementById("tt-keys").showModal();
    else if (key === "u") server.step("undo");
    else return false;
    return true;
  }

  goingAbout(key, event) {
    const element = document.activeElement?.closest(".tt-session");
    const item = element && this.editor.items.get(element.dataset.code);
    if (key === "Escape" && this.editor.marked) return this.unmark();
    if (!item) return this.enterBoard(key);
    if (this.editor.looks && key !== "f") return this.walk(key, element);
    if (key === "Enter" || key === " ") this.pickUp(item);
    else if (key === "t") this.editor.held.toTray(item);
    else if (key === "s") this.mark(item);
    else if (key === "d") this.askDay(item);
    else if (key === "f") location.assign(`${this.editor.data.address}/${encodeURIComponent(item.code)}?day=${this.editor.data.day}`);
    else if (event.shiftKey && (key === "ArrowUp" || key === "ArrowDown") && item.starts !== undefined) {
      this.pickUp(item).then(() => {});
      this.holding(key, event);
    } else return this.walk(key, element);
    return true;
  }

  enterBoard(key) {
    if (document.activeElement !== this.editor.board.element || !key.startsWith("Arrow")) return false;
    const first = this.editor.board.element.querySelector(".tt-session");
    if (first) this.focus(first.dataset.code);
    return Boolean(first);
  }

  // To the session above, below, or nearest in time in the next room that has any.
  walk(key, element) {
    const next = element.closest("#tt-waiting") ? this.inTray(key, element) : this.onBoard(key, element);
    if (next === undefined) return false;
    if (next) this.focus(next.dataset.code, next);
    return true;
  }

  inTray(key, element) {
    if (key === "ArrowDown") return element.nextElementSibling;
    if (key === "ArrowUp") return element.previousElementSibling;
    if (key === "Home") return element.parentElement.firstElementChild;
    if (key === "End") return element.parentElement.lastElementChild;
    return undefined;
  }

  onBoard(key, element) {
    const { columns } = this.editor.board;
    const inTime = (column) => [...column.querySelectorAll(".tt-session")].sort((a, b) => a.item.starts - b.item.starts);
    const own = inTime(element.parentElement);
    const at = own.indexOf(element);
    if (key === "ArrowDown") return own[at + 1] ?? null;
    if (key === "ArrowUp") return own[at - 1] ?? null;
    if (key === "Home") return own[0];
    if (key === "End") return own.at(-1);
    const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
    if (!step) return undefined;
    for (let n = columns.indexOf(element.parentElement) + step; columns[n]; n += step) {
      const there = inTime(columns[n]);
      const apart = (other) => Math.abs(other.item.starts - element.item.starts);
      if (there.length) return there.reduce((best, other) => (apart(other) < apart(best) ? other : best));
    }
    return null;
  }

  holding(key, event) {
    const { held } = this.editor;
    const { snap, now } = held;
    const onto = (minute, step) => (step > 0 ? Math.floor(minute / snap) * snap + snap : Math.ceil(minute / snap) * snap - snap);
    if (key === "Escape") held.cancel();
    else if (key === "Enter" || key === " ") held.drop();
    else if (key === "t") {
      const { item } = now;
      held.end();
      held.toTray(item, now.seen);
    } else if (key === "d") this.askDay(now.item);
    else if (key === "n") held.nextFree();
    else if (event.shiftKey && key === "ArrowDown") held.to({ minutes: onto(now.minutes, 1) });
    else if (event.shiftKey && key === "ArrowUp") held.to({ minutes: onto(now.minutes, -1) });
    else if (key === "ArrowDown") held.to({ starts: onto(now.starts, 1) });
    else if (key === "ArrowUp") held.to({ starts: onto(now.starts, -1) });
    else if (key === "PageDown") held.to({ starts: now.starts + 60 });
    else if (key === "PageUp") held.to({ starts: now.starts - 60 });
    else if (key === "ArrowLeft") held.to({ column: now.column - 1 });
    else if (key === "ArrowRight") held.to({ column: now.column + 1 });
    else if (key !== "Tab") return false;
    if (held.now) this.editor.board.reveal(held.now.column, held.now.starts, held.now.minutes);
    return true;
  }

  // Which day it is to go to, from a list.
  askDay(item) {
    const dialog = document.getElementById("tt-days");
    if (this.editor.looks || !dialog.querySelector("button:not([value=''])")) return;
    this.editor.held.end();
    dialog.returnValue = "";
    dialog.showModal();
    dialog.addEventListener("close", () => {
      if (dialog.returnValue) this.editor.held.toDay(item, dialog.returnValue);
      else this.focus(item.code);
    }, { once: true });
  }

  // What comes out of the tray begins at the top left of what is in sight.
  async pickUp(item) {
    if (this.editor.looks) return;
    const { held, board, talk, data } = this.editor;
    const m = board.measure();
    const onBoard = item.starts !== undefined && board.isHere(item);
    const aim = onBoard ? {} : {
      column: Math.max(m.edges.findIndex((edge) => edge >= board.element.scrollLeft - 1), 0),
      starts: Math.ceil((data.first + board.element.scrollTop / board.minute) / held.snap) * held.snap,
    };
    const looked = held.begin(item, aim);
    if (!onBoard) held.now.moved = true;
    board.reveal(held.now.column, held.now.starts, held.now.minutes);
    talk.tell("held", item);
    await looked;
  }

  mark(item) {
    const { editor } = this;
    if (!editor.marked) {
      editor.marked = item.code;
      this.drawMark();
      editor.talk.tell("marked", item);
    } else if (editor.marked === item.code) this.unmark();
    else this.swap(editor.items.get(editor.marked), item);
  }

  unmark() {
    this.editor.marked = null;
    this.drawMark();
    this.editor.talk.tell("unmarked");
    return true;
  }

  drawMark() {
    for (const element of document.querySelectorAll(".tt-session")) {
      element.classList.toggle("is-marked", element.dataset.code === this.editor.marked);
    }
  }

  async swap(one, other) {
    const { server, talk, lists } = this.editor;
    this.editor.marked = null;
    this.drawMark();
    const seen = [["seen", one.code, one.seen], ["other_seen", other.code, other.seen]];
    let done = await server.post(`/${encodeURIComponent(one.code)}/swap`, { other: other.code }, seen);
    if (done?.conflict && (await lists.ask(done.conflict))) {
      done = await server.post(`/${encodeURIComponent(one.code)}/swap`, { other: other.code });
    }
    if (done && !done.conflict) talk.tell("swapped", { one: one.title, other: other.title });
    this.focus(one.code);
  }

  focus(code, element) {
    const target = element ?? this.editor.board.drawn.get(code) ?? document.querySelector(`#tt-waiting [data-code="${CSS.escape(code)}"]`);
    if (!target) return;
    const { item } = target;
    if (this.editor.board.drawn.get(code) === target) this.editor.board.reveal(this.editor.board.number(item), item.starts, item.minutes);
    else target.scrollIntoView({ block: "nearest" });
    target.focus({ preventScroll: true });
  }

  // The one that has the focus is the one that Tab comes back to, and the one that is chosen.
  follow(element) {
    if (!element || this.editor.held.now) return;
    const list = element.closest("#tt-waiting, #tt-board");
    for (const other of list.querySelectorAll('.tt-session[tabindex="0"]')) other.tabIndex = -1;
    element.tabIndex = 0;
    this.editor.lists.choose(element.dataset.code);
  }
}
