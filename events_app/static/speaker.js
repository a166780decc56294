// What makes the pages of speakers, chairs and hosts kinder: words are counted, the public page is shown while it is
// being written, and what is typed outlives a lost connection, a closed tab and a sign-in that has ended.

const OWNER = document.body.dataset.owner ?? "";
const PREFIX = "events-draft:";
const DAYS = 14; // so long a draft is kept on a device
const words = document.getElementById("kept-words")?.dataset ?? {};

for (const start of [counts, previews, drafts, elsewhere]) start();

function counts() {
  for (const told of document.querySelectorAll("[data-count-of]")) {
    const control = document.getElementById(told.dataset.countOf);
    const most = Number(told.dataset.most);
    const count = () => {
      const n = (control.value.match(/\S*[\p{L}\p{N}]\S*/gu) ?? []).length;
      told.textContent = told.dataset.words.replace("{n}", n).replace("{most}", most);
      told.classList.toggle("is-over", n > most);
    };
    control.addEventListener("input", count);
    count();
  }
}

// The public page beside the form. Its styles are its own: it stands in a tree of its own.
function previews() {
  const box = document.querySelector("[data-live-preview]");
  const form = document.querySelector("form[data-draft][data-sheet]");
  if (!box || !form || !HTMLElement.prototype.attachShadow) return;
  const shown = box.querySelector(".seen-by-all-page");
  const root = shown.attachShadow({ mode: "open" });
  let asked = 0;
  let waiting = 0;
  box.hidden = false;
  box.open = matchMedia("(min-width: 75rem)").matches; // beside the form; below it, where it is narrow, when asked for
  const show = async () => {
    if (!box.open) return;
    const mine = (asked += 1);
    const body = new URLSearchParams(new FormData(form));
    body.set("do", "preview");
    const page = await fetched(form.action, body);
    if (!page || mine !== asked) return;
    const sheets = [...page.querySelectorAll("link[rel=stylesheet]")].map((link) => link.getAttribute("href"));
    const links = [...sheets.filter((address) => address.startsWith("/static/") || form.dataset.public), shown.dataset.narrow].map(styled);
    for (const link of page.querySelectorAll("main a")) link.target = "_blank";
    root.replaceChildren(...links, ...page.querySelector("main").childNodes);
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 600);
  });
  box.addEventListener("toggle", show); // which opening it at first does too
}

async function fetched(address, body) {
  try {
    const answer = await fetch(address, { method: "POST", body, headers: { accept: "text/html" } });
    if (!answer.ok) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.querySelector("form[data-draft]") ? null : page;
  } catch {
    return null; // no connection: what is shown stays
  }
}

function styled(address) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = address;
  return link;
}

// What is typed is kept on the device, by the address of its form and by who typed it, until it is saved.
function drafts() {
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const key = PREFIX + OWNER + ":" + location.pathname;
  const untouched = written(form);
  const note = document.querySelector(".sheet-kept");
  if (note) note.hidden = false;
  if (document.querySelector("[data-saved]")) forget(key);
  const kept = recall(key);
  if (kept && kept.values !== untouched && document.getElementById("kept-here")) offer(form, key, kept);
  let waiting = 0;
  const keep = () => {
    if (written(form) === untouched && !document.getElementById("wrong")) forget(key);
    else remember(key, { at: Date.now(), name: form.dataset.name, address: location.pathname, values: written(form) });
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, 300);
  });
  addEventListener("pagehide", () => written(form) !== untouched && !form.dataset.sent && keep());
  // whoever signs out leaves nothing behind (app.js), so nothing is kept again on the way
  for (const out of document.querySelectorAll("form[action='/sign-out']")) {
    out.addEventListener("submit", () => {
      clearTimeout(waiting);
      form.dataset.sent = "yes";
    });
  }
  form.addEventListener("submit", (event) => {
    const act = event.submitter?.value ?? "save";
    if (act === "preview") return;
    if (act !== "save") return void (form.dataset.sent = "yes"); // arranged by the service; what is typed comes back
    event.preventDefault();
    keep();
    send(form, key, event.submitter);
  });
}

// Saved without leaving the page unless it went well: a page that cannot be left loses nothing.
async function send(form, key, button) {
  const body = new URLSearchParams(new FormData(form));
  body.set("do", "save");
  button?.setAttribute("aria-disabled", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { accept: "text/html" } });
    if (answer.redirected && answer.ok) {
      forget(key);
      form.dataset.sent = "yes";
      if (new URL(answer.url).pathname === location.pathname) history.replaceState(null, "", answer.url);
      return void location.replace(answer.url);
    }
    if (answer.status === 403) return void alerted(form, words.out, signIn());
    natively(form);
  } catch {
    alerted(form, words.offline);
  } finally {
    button?.removeAttribute("aria-disabled");
  }
}

// What was refused changes nothing, so it can be sent once more for the page that says why.
function natively(form, act = "save") {
  const hidden = document.createElement("input");
  Object.assign(hidden, { type: "hidden", name: "do", value: act });
  form.append(hidden);
  form.dataset.sent = "yes";
  form.dispatchEvent(new Event("saved"));
  form.submit();
}

function alerted(form, sentence, more) {
  const told = document.querySelector(".kept-alert") ?? form.querySelector(".sheet-acts").insertAdjacentElement("beforebegin", document.createElement("div"));
  told.className = "notice is-bad kept-alert kept";
  told.setAttribute("role", "alert");
  told.replaceChildren(paragraph(sentence), ...(more ? [more] : []));
  told.scrollIntoView({ block: "nearest" });
}

function signIn() {
  const link = document.createElement("a");
  Object.assign(link, { href: "/sign-in", target: "_blank", textContent: words.signIn, className: "button" });
  return link;
}

function offer(form, key, kept) {
  const box = document.getElementById("kept-here");
  box.className = "notice kept";
  box.setAttribute("role", "status");
  box.replaceChildren(
    paragraph(words.here),
    pressed(words.go, () => {
      const again = document.createElement("form");
      again.method = "post";
      again.action = form.action;
      again.hidden = true;
      for (const [name, value] of new URLSearchParams(kept.values)) {
        const control = document.createElement("textarea"); // an input would lose the ends of lines
        Object.assign(control, { name, value });
        again.append(control);
      }
      const act = document.createElement("input");
      Object.assign(act, { name: "do", value: "edit" });
      again.append(act);
      document.body.append(again);
      again.submit();
    }),
    pressed(words.drop, () => {
      forget(key);
      box.className = "";
      box.replaceChildren();
    }),
  );
}

// On the page of everything that is theirs: what is not saved yet, and the way back to it.
function elsewhere() {
  const box = document.getElementById("kept-list");
  if (!box) return;
  for (const key of keys()) {
    const kept = recall(key);
    if (!kept || !key.startsWith(PREFIX + OWNER + ":") || !kept.address.startsWith(location.pathname)) continue;
    const notice = document.createElement("div");
    notice.className = "notice kept";
    const go = document.createElement("a");
    Object.assign(go, { href: kept.address, textContent: words.go, className: "button" });
    notice.append(paragraph(`${words.elsewhere} ${kept.name}`), go, pressed(words.drop, () => {
      forget(key);
      notice.remove();
    }));
    box.append(notice);
  }
}

function written(form) {
  return new URLSearchParams([...new FormData(form)].filter(([name, value]) => name !== "do" && typeof value === "string")).toString();
}

function keys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return []; // the browser keeps nothing
  }
}

function recall(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    if (kept && Date.now() - kept.at < DAYS * 86400000) return kept;
    localStorage.removeItem(key);
  } catch {
    // nothing is kept, or nothing that we wrote
  }
  return null;
}

function remember(key, kept) {
  try {
    localStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // the browser keeps nothing, or no more
  }
}

function forget(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // nothing was kept
  }
}

function paragraph(text) {
  const made = document.createElement("p");
  made.textContent = text;
  return made;
}

function pressed(label, act) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", textContent: label });
  button.addEventListener("click", act);
  return button;
}
