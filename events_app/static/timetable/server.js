// Asking the server, and hearing what others do.
const EVERY = 1500; // milliseconds between two questions whether anything is new

export class Server {
  constructor(editor) {
    this.editor = editor;
    this.address = editor.data.address;
    this.revision = editor.data.news.revision;
    this.known = new Map(editor.items); // as the server told them last
    this.waiting = 0;
    this.last = Promise.resolve(); // what is sent goes one after the other
    this.own = new Map(); // "code position" → the position into which we have changed it ourselves
    this.offline = false;
    this.undoing = document.getElementById("tt-undo");
    this.redoing = document.getElementById("tt-redo");
    for (const button of [this.undoing, this.redoing]) {
      button.form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.step(button === this.undoing ? "undo" : "redo");
      });
    }
  }

  async clashes(code, minutes) {
    const query = new URLSearchParams({ day: this.editor.data.day, minutes });
    const answer = await this.ask(`/${encodeURIComponent(code)}/clashes?${query}`);
    return answer?.ok ? answer.json() : null;
  }

  // Sends a form; answers what is new, or {conflict}, or null where it was refused (and says why).
  // `seen` is a list of what was seen: [field, code, position].
  post(path, fields, seen = []) {
    this.waiting += 1;
    this.last = this.last.then(() => this.send(path, fields, seen)).finally(() => (this.waiting -= 1));
    return this.last;
  }

  async send(path, fields, seen) {
    const positions = seen.map(([field, code, position]) => [field, this.latest(code, position)]);
    const body = new URLSearchParams({ ...fields, ...Object.fromEntries(positions), since: this.revision });
    const answer = await this.ask(path, { method: "POST", body });
    if (!answer) return null;
    const told = await answer.json().catch(() => ({}));
    if (answer.status === 409 && told.present) {
      this.poll();
      return { conflict: told };
    }
    if (!answer.ok) {
      this.editor.talk.tell("refused", { why: told.detail ?? String(answer.status) });
      return null;
    }
    this.hear(told);
    return told;
  }

  // What was seen, unless it was ourselves who have changed it since.
  latest(code, position) {
    for (let next = position; next; next = this.own.get(`${code} ${position}`)) position = next;
    return position;
  }

  async ask(path, more = {}) {
    try {
      const answer = await fetch(this.address + path, { ...more, headers: { accept: "application/json" } });
      if (this.offline) this.editor.talk.tell("online");
      this.offline = false;
      return answer;
    } catch {
      if (!this.offline || more.method) this.editor.talk.tell("offline");
      this.offline = true;
      return null;
    }
  }

  async step(which) {
    const { talk } = this.editor;
    const what = this[which === "undo" ? "undoing" : "redoing"].dataset.what;
    if (!what) return talk.tell(which === "undo" ? "nothing" : "nothing_again");
    const done = await this.post(`/-/${which}s`, {});
    if (done && !done.conflict) talk.tell(which === "undo" ? "undone" : "redone", { what });
    else if (done?.conflict && (await this.editor.lists.ask(done.conflict))) {
      await this.post(`/${encodeURIComponent(done.conflict.code)}/slot`, { slot: done.conflict.slot });
    }
    return undefined;
  }

  listen() {
    const again = async () => {
      if (!document.hidden && !this.waiting) await this.poll();
      setTimeout(again, EVERY);
    };
    setTimeout(again, EVERY);
    document.addEventListener("visibilitychange", () => document.hidden || this.poll());
  }

  async poll() {
    const answer = await this.ask(`/-/changes?since=${this.revision}`);
    if (answer?.status === 200) this.hear(await answer.json());
    else if (answer?.status === 403) location.reload();
  }

  // Takes in what has changed. An answer that was overtaken by a later one is let go.
  hear(news) {
    if (news.revision <= this.revision) return;
    const { talk, data, lists, board, items } = this.editor;
    this.revision = news.revision;
    for (const field of document.querySelectorAll("input[name=since]")) field.value = news.revision;
    if (news.reload) {
      talk.tell("reload");
      location.reload();
      return;
    }
    const others = new Map();
    for (const item of news.sessions ?? []) {
      const before = this.known.get(item.code);
      this.known.set(item.code, item);
      const who = news.by[item.code];
      const theirs = who !== data.me && before?.seen !== item.seen;
      this.own.delete(`${item.code} ${item.seen}`); // back where it was: no way leads on from here
      if (!theirs && before && before.seen !== item.seen) this.own.set(`${item.code} ${before.seen}`, item.seen);
      if (theirs) others.set(item, who);
      this.accept(item, { by: theirs ? who : "" });
      // a room that was not in use, and so is not shown
      if (data.narrowed === "used" && item.room && !board.numbers.has(item.room)) location.reload();
    }
    for (const code of news.gone ?? []) {
      this.known.delete(code);
      items.delete(code);
      board.remove(code);
    }
    lists.drawTray();
    lists.drawFindings(news.findings);
    this.labels(news);
    if (this.editor.held.now) return;
    if (others.size === 1) for (const [item, who] of others) talk.tell("moved_by", { who, title: item.title });
    else if (others.size) talk.tell("changed_by", { who: [...new Set(others.values())].join(", "), n: others.size });
  }

  // A session as it stands now, shown.
  accept(item, { by = "", saving = false } = {}) {
    const { items, board, lists } = this.editor;
    const before = items.get(item.code);
    items.set(item.code, item);
    board.update(item, before);
    if (before?.starts === undefined || item.starts === undefined) lists.drawTray();
    const element = board.drawn.get(item.code);
    element?.classList.toggle("is-saving", saving);
    if (by && element) {
      const note = document.createElement("span");
      note.className = "tt-by";
      note.textContent = by;
      element.prepend(note);
      element.classList.add("was-moved");
      setTimeout(() => {
        note.remove();
        element.classList.remove("was-moved");
      }, 15000);
    }
    lists.choose(this.editor.chosen);
  }

  labels(news) {
    const { talk } = this.editor;
    for (const [button, name] of [[this.undoing, "undo"], [this.redoing, "redo"]]) {
      const what = news[name] ?? "";
      button.disabled = !what;
      button.dataset.what = what;
      button.title = what ? talk.fill(name, { what }) : "";
      button.setAttribute("aria-label", what ? talk.fill(name, { what }) : button.textContent);
    }
  }
}
