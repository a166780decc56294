// Dragging with mouse, pen or finger. A finger has to rest first, so that it can scroll.
import { make } from "./board.js";

const FAR = 4; // pixels that make a press a drag
const REST = 350; // milliseconds that make a touch a hold
const EDGE = 48; // pixels from the board's edge at which it begins to scroll
const FASTEST = 22; // pixels a frame

export class Drag {
  constructor(editor) {
    this.editor = editor;
    this.press = null;
    this.tip = make("div", "tt-tip");
    this.tip.setAttribute("aria-hidden", "true");
    const { element } = editor.board;
    document.addEventListener("pointerdown", (event) => this.down(event));
    document.addEventListener("pointermove", (event) => this.move(event));
    document.addEventListener("pointerup", (event) => this.up(event));
    document.addEventListener("pointercancel", () => this.lose());
    document.addEventListener("touchmove", (event) => this.press?.dragging && event.preventDefault(), { passive: false });
    document.addEventListener("contextmenu", (event) => this.press && event.preventDefault());
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.lose());
    addEventListener("resize", () => (editor.board.measures = null));
    element.addEventListener("click", (event) => this.click(event));
  }

  down(event) {
    const element = event.target.closest(".tt-session");
    if (!element || event.button || this.press || this.editor.held.now || this.editor.looks) return;
    const item = this.editor.items.get(element.dataset.code);
    const stretch = Boolean(event.target.closest(".tt-edge"));
    this.press = { item, element, stretch, id: event.pointerId, x: event.clientX, y: event.clientY, dragging: false };
    if (event.pointerType === "touch" && !stretch) {
      this.press.rest = setTimeout(() => this.begin(), REST);
    } else if (event.pointerType !== "touch") {
      event.preventDefault();
      element.focus({ preventScroll: true });
    }
    this.press.touch = event.pointerType === "touch";
  }

  move(event) {
    const { press } = this;
    if (!press) {
      if (this.editor.held.now && event.pointerType !== "touch" && this.editor.board.isOver(event.clientX, event.clientY)) this.aim(event.clientX, event.clientY, 0);
      return;
    }
    if (event.pointerId !== press.id) return;
    press.now = [event.clientX, event.clientY];
    if (!press.dragging) {
      const far = Math.hypot(event.clientX - press.x, event.clientY - press.y) > FAR;
      if (!far) return;
      if (press.touch && !press.stretch) return this.lose();
      this.begin();
    }
    this.frame ??= requestAnimationFrame(() => this.step());
  }

  begin() {
    const { press, editor } = this;
    const { board, held } = editor;
    press.dragging = true;
    press.now ??= [press.x, press.y];
    if (press.touch) navigator.vibrate?.(15);
    board.measures = null;
    const from = board.at(press.x, press.y);
    const placed = board.drawn.has(press.item.code) && !press.element.closest("#tt-waiting");
    press.grip = placed ? from.minute - press.item.starts : Math.min(press.item.minutes / 2, 10);
    document.body.classList.add(press.stretch ? "is-stretching" : "is-dragging");
    document.body.append(this.tip);
    held.begin(press.item, { stretch: press.stretch });
    if (!placed) held.ghost.hidden = true;
    editor.lists.choose(press.item.code);
    this.frame ??= requestAnimationFrame(() => this.step());
  }

  // Once a frame: scroll where the pointer is near an edge, then see where it points.
  step() {
    this.frame = undefined;
    const { press, editor } = this;
    if (!press?.dragging || !editor.held.now) return;
    const [x, y] = press.now;
    const { board, held } = editor;
    const overTray = !press.stretch && inside(held.tray, x, y);
    const day = press.stretch ? "" : dayAt(x, y, editor.data.day);
    if (day) held.to({ day });
    else if (overTray) held.to({ tray: true });
    else if (board.isOver(x, y) || press.stretch) {
      if (this.scroll(x, y)) this.frame = requestAnimationFrame(() => this.step());
      this.aim(x, y, press.grip);
    }
    this.tip.textContent = held.reason ?? "";
    const left = Math.min(x + 16, innerWidth - 330);
    this.tip.style.transform = `translate(${Math.max(left, 4)}px, ${Math.max(y - 56, 4)}px)`;
  }

  aim(x, y, grip) {
    const { board, held } = this.editor;
    const { column, minute } = board.at(x, y);
    const { snap } = held;
    const near = (value) => Math.round(value / snap) * snap;
    if (held.now.stretch) held.to({ minutes: near(minute) - held.now.starts });
    else held.to({ column, starts: near(minute - grip) });
  }

  scroll(x, y) {
    const { board } = this.editor;
    const { axis, head } = board.measure();
    const box = board.element.getBoundingClientRect();
    const dx = speed(x, box.left + axis, box.right);
    const dy = speed(y, box.top + head, box.bottom);
    if (!dx && !dy) return false;
    board.element.scrollBy(this.press.stretch ? 0 : dx, dy);
    return true;
  }

  up(event) {
    const { press } = this;
    if (!press || event.pointerId !== press.id) return;
    const { dragging } = press;
    const { held, board } = this.editor;
    if (dragging && held.now) {
      press.now = [event.clientX, event.clientY];
      this.step();
      const onto = press.stretch || held.now.tray || held.now.day || board.isOver(event.clientX, event.clientY);
      this.clear();
      this.dropped = performance.now();
      if (onto) held.drop();
      else held.cancel();
      return;
    }
    this.clear();
    if (press.touch) press.element.focus({ preventScroll: true });
  }

  // With something picked up by a button or a key, a press on the board says where it goes.
  click(event) {
    const { editor } = this;
    const { held, keys } = editor;
    if (performance.now() - (this.dropped ?? -1000) < 60) return; // the click that ends a drag
    const element = event.target.closest(".tt-session");
    if (held.now) {
      editor.board.measures = null;
      this.aim(event.clientX, event.clientY, 0);
      held.drop();
    } else if (element && editor.marked && editor.marked !== element.dataset.code) {
      keys.mark(editor.items.get(element.dataset.code));
    }
  }

  lose() {
    const dragging = this.press?.dragging;
    this.clear();
    if (dragging) this.editor.held.cancel();
  }

  clear() {
    clearTimeout(this.press?.rest);
    cancelAnimationFrame(this.frame);
    this.frame = undefined;
    this.press = null;
    this.tip.remove();
    document.body.classList.remove("is-dragging", "is-stretching");
  }
}

function speed(at, least, most) {
  if (at < least + EDGE) return -Math.min((least + EDGE - at) / EDGE, 1) * FASTEST;
  if (at > most - EDGE) return Math.min((at - most + EDGE) / EDGE, 1) * FASTEST;
  return 0;
}

// The day on whose tab a point lies, but for the one that is shown.
function dayAt(x, y, shown) {
  const day = document.elementFromPoint(x, y)?.closest(".days [data-day]")?.dataset.day;
  return day === shown ? "" : (day ?? "");
}

function inside(element, x, y) {
  const box = element.getBoundingClientRect();
  return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
}
