// What makes lists and forms handier where scripts run; everything works without it.

document.documentElement.classList.add("is-scripted");

document.querySelector(".ws-nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

for (const start of [live, ticks, rowsOfParts, colours, unsaved, swaps, clocks, toWrong, openFromSummary, headings]) start();

// A list answers while one types or chooses. The address follows, so that it can be kept and sent.
function live() {
  for (const form of document.querySelectorAll("form[data-live]")) {
    const target = document.getElementById(form.dataset.live);
    let asked = 0;
    const show = async () => {
      const mine = ++asked;
      const given = [...new FormData(form)].filter(([, value]) => value);
      const address = `${form.action}?${new URLSearchParams(given)}`;
      target.classList.add("is-waiting");
      try {
        const answer = await fetch(address, { headers: { accept: "text/html" } });
        if (mine !== asked) return;
        if (!answer.ok) return void form.submit();
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (mine !== asked) return;
        target.replaceChildren(...page.getElementById(target.id).childNodes);
        history.replaceState(null, "", address);
        for (const select of form.querySelectorAll("select")) select.classList.toggle("is-set", select.value !== "");
        for (const count of form.querySelectorAll(".search-count")) count.textContent = form.querySelectorAll("select.is-set").length || "";
        ticks();
      } finally {
        if (mine === asked) target.classList.remove("is-waiting");
      }
    };
    let waiting;
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(show, 150);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      show();
    });
    if ([...form.elements].some((field) => field.type === "search" && field.value !== field.defaultValue)) show(); // typed before this ran
  }
}

// Rows: shift ticks all between, one box ticks all, the number of those ticked is said, what is changed is set.
function ticks() {
  for (const form of document.querySelectorAll("form[data-rows]:not([data-ready])")) {
    form.dataset.ready = "";
    const boxes = [...form.querySelectorAll("tbody .tick input")];
    const told = form.querySelector(".bulk-count");
    if (!boxes.length || !told) continue;
    const all = document.createElement("input");
    all.type = "checkbox";
    all.ariaLabel = told.dataset.all;
    form.querySelector("thead .tick").append(all);
    const count = () => {
      const n = boxes.filter((box) => box.checked).length;
      told.textContent = n ? told.dataset.count.replace("{n}", n) : "";
      all.checked = n === boxes.length;
      all.indeterminate = n > 0 && n < boxes.length;
    };
    let last = null;
    form.addEventListener("click", (event) => {
      const at = boxes.indexOf(event.target);
      if (at < 0) return;
      if (event.shiftKey && last !== null) {
        for (const box of boxes.slice(Math.min(at, last), Math.max(at, last) + 1)) box.checked = boxes[at].checked;
      }
      last = at;
      count();
    });
    all.addEventListener("change", () => {
      for (const box of boxes) box.checked = all.checked;
      count();
    });
    form.querySelector("tbody").addEventListener("keydown", (event) => {
      const at = boxes.indexOf(event.target);
      const next = boxes[at + ({ ArrowDown: 1, ArrowUp: -1 }[event.key] ?? NaN)];
      if (at < 0 || !next) return;
      event.preventDefault();
      if (event.shiftKey) next.checked = boxes[at].checked;
      next.focus();
      count();
    });
    for (const field of form.querySelectorAll(".bulk-field")) {
      field.addEventListener("input", (event) => {
        if (event.target.name !== "set") field.querySelector("[name=set]").checked = true;
      });
    }
    count();
  }
}

// Rows of a form's lists: added, moved and removed on the spot.
function rowsOfParts() {
  for (const list of document.querySelectorAll(".part-rows")) {
    const blank = list.querySelector(".is-blank").cloneNode(true);
    let made = list.children.length;
    const add = () => {
      const row = blank.cloneNode(true);
      row.classList.remove("is-blank");
      for (const element of row.querySelectorAll("[id], [for]")) {
        if (element.id) element.id = element.id.replace(/-\d+(-twice)?$/, `-${made}$1`);
        if (element.htmlFor) element.htmlFor = element.htmlFor.replace(/-\d+(-twice)?$/, `-${made}$1`);
      }
      made += 1;
      list.querySelector(".is-blank").before(row);
      row.querySelector("input:not([type=hidden]), select").focus();
    };
    list.parentElement.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button?.dataset.add) add();
      else if (button?.dataset.act) move(button, button.closest(".part-row"));
      else return;
      event.preventDefault();
      list.dispatchEvent(new Event("input", { bubbles: true }));
    });
    list.querySelector(".is-blank").addEventListener("input", (event) => event.currentTarget.classList.remove("is-blank"), { once: true });
  }
}

function move(button, row) {
  const { act } = button.dataset;
  const before = row.previousElementSibling;
  const after = row.nextElementSibling;
  if (act === "up" && before) before.before(row);
  else if (act === "down" && after && !after.classList.contains("is-blank")) after.after(row);
  else if (act === "remove") {
    const next = after && !after.classList.contains("is-blank") ? after : before;
    row.remove();
    (next?.querySelector("input:not([type=hidden]), select") ?? document.querySelector("[data-add]"))?.focus();
    return;
  }
  button.focus();
}

// A colour can be picked as well as written.
function colours() {
  for (const box of document.querySelectorAll(".with-colour")) {
    const text = box.querySelector("input");
    const picker = document.createElement("input");
    picker.type = "color";
    picker.ariaLabel = text.labels?.[0]?.textContent ?? text.ariaLabel ?? "";
    const follow = () => {
      if (/^#[0-9a-f]{6}$/i.test(text.value)) picker.value = text.value;
    };
    follow();
    text.addEventListener("input", follow);
    picker.addEventListener("input", () => {
      text.value = picker.value;
      text.dispatchEvent(new Event("input", { bubbles: true }));
    });
    box.append(picker);
  }
}

// Whoever leaves a form that has been typed into is asked first.
function unsaved() {
  for (const form of document.querySelectorAll("[data-unsaved]:not([data-guarded])")) {
    form.dataset.guarded = "";
    let dirty = false;
    form.addEventListener("input", () => (dirty = true));
    form.addEventListener("submit", () => (dirty = false));
    addEventListener("beforeunload", (event) => dirty && form.isConnected && event.preventDefault());
    form.addEventListener("keydown", (event) => {
      if (event.key === "s" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        form.requestSubmit();
      }
    });
  }
}

function toWrong() {
  document.querySelector("[data-focus]")?.focus();
}

// A link of the summary leads to the control itself, not only to its place.
function openFromSummary() {
  for (const link of document.querySelectorAll("#wrong a")) {
    link.addEventListener("click", (event) => {
      const name = CSS.escape(link.hash.slice(1));
      const control = document.querySelector(`#${name}`) ?? document.querySelector(`#field-${name} :is(input, select, textarea):not([type=hidden])`);
      if (!control) return;
      event.preventDefault();
      control.focus();
      control.scrollIntoView({ block: "center" });
    });
  }
}

// A form whose answer takes the place of a part of the page; what was in focus stays so.
function swaps() {
  for (const form of document.querySelectorAll("form[data-swap]:not([data-ready])")) {
    form.dataset.ready = "";
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form, event.submitter);
    });
    for (const list of form.querySelectorAll("[data-drag]")) grips(form, list);
  }
}

async function send(form, submitter) {
  const target = document.getElementById(form.dataset.swap);
  const focused = document.activeElement?.closest(".turn")?.querySelector("[name=paper]")?.value;
  const pressed = document.activeElement?.dataset.turn ?? (document.activeElement?.classList.contains("turn-grip") ? "grip" : "");
  const body = new URLSearchParams(new FormData(form));
  if (submitter?.name) body.set(submitter.name, submitter.value);
  target.classList.add("is-waiting");
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body, headers: { accept: "text/html" } });
  } catch {
    return void unsent(form, target, form.dataset.offline);
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById(target.id);
  if (!fresh) return void unsent(form, target, answer.status === 403 ? form.dataset.out : "");
  target.replaceChildren(...fresh.childNodes);
  target.classList.remove("is-waiting");
  swaps();
  clocks();
  unsaved();
  const row = focused && [...target.querySelectorAll(".turn")].find((turn) => turn.querySelector("[name=paper]").value === focused);
  if (row && pressed) {
    const again = row.querySelector(pressed === "grip" ? ".turn-grip" : `[data-turn=${pressed}]:not(:disabled)`) ?? row.querySelector(".turn-acts button:not(:disabled)");
    again?.focus();
    const rows = [...row.parentElement.children];
    const words = row.parentElement.dataset.moved.replace("{title}", row.dataset.title).replace("{n}", rows.indexOf(row) + 1).replace("{all}", rows.length);
    target.querySelector("[data-told]").textContent = words;
    return;
  }
  target.querySelector("[data-focus]")?.focus();
  const told = target.querySelector("[data-told]");
  const notice = target.querySelector(".notice[role=status]"); // it stands above, perhaps far out of sight
  if (told && notice) told.textContent = notice.textContent.trim().replace(/\s+/g, " ");
}

// What could not be sent stays as it is, with a word about it where the page has one.
function unsent(form, target, words) {
  target.classList.remove("is-waiting");
  const told = form.querySelector("[data-told]");
  if (!words || !told) return void form.submit();
  told.textContent = words;
  told.classList.add("field-wrong");
}

// While minutes are typed the times of the papers follow; the server says the same once they are saved.
function clocks() {
  for (const list of document.querySelectorAll(".turns[data-starts]:not([data-ready])")) {
    list.dataset.ready = "";
    const [hour, minute] = list.dataset.starts.split(":").map(Number);
    list.addEventListener("input", (event) => {
      if (event.target.name !== "minutes") return;
      const fields = [...list.querySelectorAll("[name=minutes]")];
      const given = fields.map((field) => Number(field.value) || 0);
      const left = list.dataset.length - given.reduce((sum, minutes) => sum + minutes, 0);
      const open = given.filter((minutes) => !minutes).length;
      const share = open ? Math.max(Math.floor(left / open), 0) : 0;
      let at = hour * 60 + minute;
      fields.forEach((field, n) => {
        const time = field.closest(".turn").querySelector(".turn-when time");
        const [hours, minutes] = [Math.floor(at / 60) % 24, at % 60];
        if (time) time.textContent = [hours, minutes].map((part) => String(part).padStart(2, "0")).join(":");
        field.placeholder = share;
        at += given[n] || share;
      });
    });
  }
}

// A grip on each turn: dragged with mouse, pen or finger; with the arrow keys it does what the buttons do.
function grips(form, list) {
  const label = list.dataset.grip;
  for (const row of list.children) {
    const grip = document.createElement("button");
    grip.type = "button";
    grip.className = "quiet turn-grip";
    grip.textContent = "⠿";
    grip.ariaLabel = `${label}: ${row.dataset.title}`;
    row.querySelector(".turn-acts").prepend(grip);
    grip.addEventListener("keydown", (event) => {
      const button = row.querySelector({ ArrowUp: "[data-turn=up]", ArrowDown: "[data-turn=down]" }[event.key] ?? "none");
      if (!button) return;
      event.preventDefault();
      if (!button.disabled) form.requestSubmit(button);
    });
    grip.addEventListener("pointerdown", (event) => event.button === 0 && drag(form, list, row, grip, event));
  }
}

function drag(form, list, row, grip, event) {
  const order = () => [...list.children].map((turn) => turn.querySelector("[name=paper]").value).join();
  const before = order();
  let top = event.clientY;
  grip.setPointerCapture(event.pointerId);
  row.classList.add("is-held");
  const over = (now) => {
    row.style.transform = `translateY(${now.clientY - top}px)`;
    const middle = row.getBoundingClientRect().top + row.offsetHeight / 2;
    const previous = row.previousElementSibling;
    const next = row.nextElementSibling;
    const from = row.offsetTop;
    if (previous && middle < previous.getBoundingClientRect().top + previous.offsetHeight / 2) previous.before(row);
    else if (next && middle > next.getBoundingClientRect().top + next.offsetHeight / 2) next.after(row);
    else return;
    top += row.offsetTop - from;
    row.style.transform = `translateY(${now.clientY - top}px)`;
    grip.setPointerCapture(event.pointerId);
  };
  const end = (last) => {
    for (const name of ["pointermove", "pointerup", "pointercancel"]) grip.removeEventListener(name, name === "pointermove" ? over : end);
    document.removeEventListener("keydown", escape);
    row.classList.remove("is-held");
    row.style.transform = "";
    if (last.type === "pointerup" && order() !== before) {
      grip.focus();
      form.requestSubmit(form.querySelector("[name=do][value=save]"));
    } else if (order() !== before) {
      for (const code of before.split(",")) list.append([...list.children].find((turn) => turn.querySelector("[name=paper]").value === code));
    }
  };
  const escape = (pressed) => pressed.key === "Escape" && end({ type: "pointercancel" });
  document.addEventListener("keydown", escape);
  grip.addEventListener("pointermove", over);
  grip.addEventListener("pointerup", end);
  grip.addEventListener("pointercancel", end);
}

// A title may be long, and is one line all the same: Enter sends the form, as in any line.
function headings() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.closest(".is-heading > textarea")) return;
    event.preventDefault();
    event.target.form.requestSubmit(event.target.form.querySelector("button:not([type=button])"));
  });
}
