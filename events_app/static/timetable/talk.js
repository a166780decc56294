// What the editor says: one line that is read aloud too, in the words that the server gave.
export class Talk {
  constructor(editor) {
    this.editor = editor;
    this.words = editor.data.words;
    this.line = document.getElementById("tt-said");
    const zone = { timeZone: editor.data.zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    this.clocks = new Intl.DateTimeFormat("en-GB", zone);
    this.timer = 0;
  }

  // "{title} stays": filled in, and said. Kind: "", "clash" or "free".
  say(text, kind = "") {
    clearTimeout(this.timer);
    this.line.textContent = text || this.idle();
    this.line.parentElement.classList.toggle("is-clash", kind === "clash");
    this.line.parentElement.classList.toggle("is-free", kind === "free");
  }

  idle() {
    const { board, items } = this.editor;
    const waiting = [...items.values()].filter((item) => item.starts === undefined).length;
    return this.fill(this.editor.looks ? "looked_at" : "idle", { n: board.drawn.size, m: waiting });
  }

  tell(word, values = {}) {
    this.say(this.fill(word, values));
  }

  fill(word, values = {}) {
    return this.words[word].replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");
  }

  // While something is dragged the line follows at once for the eye; for the ear only when it rests.
  soon(text, kind) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.say(text, kind), 120);
  }

  clock(minute) {
    return this.clocks.format(minute * 60000);
  }

  span(item) {
    return `${this.clock(item.starts)}–${this.clock(item.starts + item.minutes)}`;
  }
}
