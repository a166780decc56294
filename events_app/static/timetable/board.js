// The board: a column for each room, sessions where and as long as they are. Positions are custom properties, set
// through the CSSOM; how they are drawn says timetable.css.
const ZOOMS = [[0.8, 5.5], [1.1, 7], [1.5, 9], [2.2, 11], [3.2, 14]]; // pixels a minute, rem a room

export class Board {
  constructor(editor) {
    this.editor = editor;
    this.data = editor.data;
    this.element = document.getElementById("tt-board");
    this.columns = [];
    this.drawn = new Map(); // code → element
    this.numbers = new Map(this.data.rooms.map((room, n) => [room.code, n]));
    this.wrong = new Map(); // code → sentences
    this.zoom = Math.min(Math.max(Number(read("tt-zoom") ?? 2), 0), ZOOMS.length - 1);
    document.getElementById("tt-in").addEventListener("click", () => this.scale(this.zoom + 1));
    document.getElementById("tt-out").addEventListener("click", () => this.scale(this.zoom - 1));
  }

  draw() {
    const { rooms, first, last } = this.data;
    const sheet = make("div", "tt-sheet");
    sheet.style.setProperty("--rooms", rooms.length);
    sheet.style.setProperty("--minutes", last - first);
    sheet.style.setProperty("--to-hour", this.toHour());
    sheet.append(make("div", "tt-corner"));
    this.heads = rooms.map((room, n) => {
      const head = make("div", "tt-room");
      head.id = `tt-room-${n}`;
      const name = document.createElement("bdi");
      name.textContent = room.name;
      name.title = room.name;
      head.append(name);
      if (room.about) head.append(make("span", "", room.about));
      return head;
    });
    sheet.append(...this.heads, this.axis());
    this.lines = make("div", "tt-columns-lines");
    this.lines.setAttribute("aria-hidden", "true");
    this.columns = rooms.map((room, n) => {
      const column = make("div", "tt-column");
      column.style.gridColumn = String(n + 2);
      column.style.gridRow = "2";
      column.setAttribute("role", "group");
      column.setAttribute("aria-labelledby", `tt-room-${n}`);
      return column;
    });
    sheet.append(this.lines, ...this.columns);
    this.sheet = sheet;
    for (const item of this.editor.items.values()) if (this.isHere(item)) this.put(item);
    for (const column of this.columns) this.arrange(column);
    this.widen();
    this.element.replaceChildren(sheet);
    this.element.setAttribute("role", "application");
    this.element.setAttribute("aria-label", this.element.dataset.label);
    this.element.hidden = false;
    this.scale(this.zoom);
    this.begin();
  }

  // The first thing of the day that has a room is in sight, and is where the Tab key leads to: those without one stand
  // in the last column, far from where one begins.
  begin() {
    const shown = [...this.drawn.values()].sort((a, b) => a.item.starts - b.item.starts || this.number(a.item) - this.number(b.item));
    const first = shown.find((element) => element.item.room) ?? shown[0];
    if (first) first.tabIndex = 0;
    else this.element.tabIndex = 0;
    const wanted = decodeURIComponent(location.hash.slice(1));
    if (this.drawn.has(wanted)) this.editor.keys?.focus(wanted);
  }

  toHour() {
    const [, minutes] = this.editor.talk.clock(this.data.first).split(":").map(Number);
    return (60 - minutes) % 60;
  }

  axis() {
    const axis = make("div", "tt-axis");
    axis.style.gridRow = "2";
    axis.setAttribute("aria-hidden", "true");
    for (let minute = this.data.first + this.toHour(); minute < this.data.last; minute += 60) {
      const label = make("div", "tt-hour", this.editor.talk.clock(minute));
      label.style.setProperty("--at", minute - this.data.first);
      axis.append(label);
    }
    return axis;
  }

  scale(zoom) {
    this.zoom = Math.min(Math.max(zoom, 0), ZOOMS.length - 1);
    const [minute, column] = ZOOMS[this.zoom];
    const middle = (this.element.scrollTop + this.element.clientHeight / 2) / this.minute;
    this.element.style.setProperty("--minute", `${minute}px`);
    this.element.style.setProperty("--column", `${column}rem`);
    if (middle) this.element.scrollTop = middle * minute - this.element.clientHeight / 2;
    this.measures = null;
    keep("tt-zoom", this.zoom);
    document.getElementById("tt-in").disabled = this.zoom === ZOOMS.length - 1;
    document.getElementById("tt-out").disabled = this.zoom === 0;
  }

  get minute() {
    return ZOOMS[this.zoom][0];
  }

  isHere(item) {
    return item.starts !== undefined && item.starts < this.data.last && item.starts + item.minutes > this.data.first
      && item.starts >= this.data.first - 720 && !(this.data.narrowed && item.room && !this.numbers.has(item.room));
  }

  number(item) {
    return this.numbers.get(item.room ?? "") ?? this.data.rooms.length - 1;
  }

  room(n) {
    return this.data.rooms[n];
  }

  // Draws a session anew where it stands now, if that is on this day.
  update(item, before) {
    const old = this.drawn.get(item.code);
    const had = old?.parentElement;
    const focused = old && document.activeElement === old;
    const stop = old?.tabIndex ?? -1;
    old?.remove();
    this.drawn.delete(item.code);
    if (had) this.arrange(had);
    if (!this.isHere(item)) return;
    const element = this.put(item);
    element.tabIndex = stop;
    this.arrange(element.parentElement);
    if (focused) element.focus({ preventScroll: true });
    if (before && this.editor.chosen === item.code) element.classList.add("is-chosen");
  }

  remove(code) {
    const old = this.drawn.get(code);
    const column = old?.parentElement;
    old?.remove();
    this.drawn.delete(code);
    if (column) this.arrange(column);
  }

  put(item) {
    const element = this.session(item);
    const first = Math.max(item.starts, this.data.first);
    element.style.setProperty("--at", first - this.data.first);
    element.style.setProperty("--for", Math.min(item.starts + item.minutes, this.data.last) - first);
    const edge = make("span", "tt-edge");
    edge.setAttribute("aria-hidden", "true");
    element.append(edge);
    this.columns[this.number(item)].append(element);
    this.drawn.set(item.code, element);
    return element;
  }

  session(item) {
    const { talk } = this.editor;
    const element = make("div", "tt-session");
    element.item = item;
    element.dataset.code = item.code;
    if (item.track) element.dataset.track = item.track;
    element.setAttribute("role", "button");
    element.tabIndex = -1;
    element.classList.toggle("is-quiet", Boolean(item.quiet));
    element.classList.toggle("is-gone", Boolean(item.cancelled));
    element.classList.toggle("is-wrong", this.wrong.has(item.code));
    element.classList.toggle("is-chosen", this.editor.chosen === item.code);
    element.classList.toggle("is-marked", this.editor.marked === item.code);
    const when = item.starts === undefined ? talk.fill("length", { minutes: item.minutes }) : talk.span(item);
    const title = make("span", "tt-title", item.title);
    title.dir = "auto";
    element.append(title, make("span", "tt-meta", [when, item.who].filter(Boolean).join(" · ")));
    const room = item.starts === undefined ? talk.fill("unplaced") : this.room(this.number(item)).name;
    const flags = [item.cancelled && talk.fill("cancelled"), item.people && talk.fill("people", { n: item.people })];
    element.setAttribute("aria-label", [item.title, when, room, item.who, ...flags].filter(Boolean).join(", "));
    return element;
  }

  // Sessions of a column that overlap stand side by side.
  arrange(column) {
    const shown = [...column.querySelectorAll(".tt-session")].sort((a, b) => a.item.starts - b.item.starts);
    let lanes = [];
    let group = [];
    let most = 1;
    const settle = () => {
      most = Math.max(most, lanes.length);
      for (const element of group) element.style.setProperty("--lanes", lanes.length);
    };
    for (const element of shown) {
      const { starts, minutes } = element.item;
      if (lanes.length && lanes.every((end) => end <= starts)) {
        settle();
        [lanes, group] = [[], []];
      }
      let lane = lanes.findIndex((end) => end <= starts);
      if (lane < 0) lane = lanes.length;
      lanes[lane] = starts + Math.max(minutes, 1);
      element.style.setProperty("--lane", lane);
      group.push(element);
    }
    settle();
    const grown = (column.lanes ?? 1) !== most;
    column.lanes = most;
    if (grown && this.sheet) this.widen();
    if (column === this.columns.at(-1)) this.bands(column);
  }

  // A floor on which much goes on at once is wider than a room.
  widen() {
    const widths = this.columns.map(({ lanes = 1 }) => `calc(var(--column) * ${lanes > 2 ? lanes / 2 : 1})`);
    this.sheet.style.gridTemplateColumns = `3.25rem ${widths.join(" ")}`;
    this.measures = null;
  }

  // What has a time and no room, a lunch, is hinted at across all rooms.
  bands(column) {
    this.lines.replaceChildren(...[...column.querySelectorAll(".tt-session.is-quiet")].map((element) => {
      const band = make("div", "tt-band");
      band.append(make("span", "", element.item.title));
      for (const name of ["--at", "--for"]) band.style.setProperty(name, element.style.getPropertyValue(name));
      return band;
    }));
  }

  // Which sessions some finding is about.
  findings(found) {
    this.wrong.clear();
    for (const { severity, sessions } of found) {
      if (severity !== "hint") for (const code of sessions) this.wrong.set(code, true);
    }
    for (const [code, element] of this.drawn) element.classList.toggle("is-wrong", this.wrong.has(code));
  }

  // Where a point of the window lies: column and minute.
  at(x, y) {
    const m = this.measure();
    const box = this.element.getBoundingClientRect();
    const left = x - box.left + this.element.scrollLeft - m.axis;
    const top = y - box.top + this.element.scrollTop - m.head;
    const column = Math.max(m.edges.findLastIndex((edge) => edge <= left), 0);
    return { column, minute: this.data.first + top / this.minute };
  }

  isOver(x, y) {
    const box = this.element.getBoundingClientRect();
    return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
  }

  // What does not change while the window, the zoom and the lanes stay as they are.
  measure() {
    if (!this.measures) {
      const axis = this.element.querySelector(".tt-axis").offsetWidth;
      this.measures = {
        axis,
        head: this.heads[0].offsetHeight,
        edges: this.columns.map((column) => column.offsetLeft - axis),
      };
    }
    return this.measures;
  }

  // Scrolls so that a place can be seen beside the heads of rows and columns.
  reveal(column, starts, minutes) {
    const m = this.measure();
    const left = m.edges[column];
    const top = (starts - this.data.first) * this.minute;
    const across = this.columns[column].offsetWidth;
    const width = this.element.clientWidth - m.axis;
    const height = this.element.clientHeight - m.head;
    const bottom = top + Math.min(minutes * this.minute, height);
    if (left < this.element.scrollLeft) this.element.scrollLeft = left;
    else if (left + across > this.element.scrollLeft + width) this.element.scrollLeft = left + across - width;
    if (top < this.element.scrollTop) this.element.scrollTop = top;
    else if (bottom > this.element.scrollTop + height) this.element.scrollTop = bottom - height;
  }
}

export function make(name, className = "", text = "") {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

function read(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function keep(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // a browser that keeps nothing zooms anew each time
  }
}
