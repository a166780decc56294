// Bringing pictures and files: how far it is, dropping on the form, and a page that does not turn. Works without.

start(document);

function start(root) {
  for (const form of root.querySelectorAll("[data-bring]:not([data-ready])")) {
    form.dataset.ready = "";
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      bring(form);
    });
    drops(form);
  }
  for (const form of root.querySelectorAll(".shelf-form:not([data-ready])")) {
    form.dataset.ready = "";
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      arrange(form, event.submitter);
    });
  }
}

function bring(form) {
  const bar = form.querySelector("progress");
  const told = form.querySelector("[role=status]");
  const button = form.querySelector("button");
  const sent = new XMLHttpRequest();
  const idle = () => {
    bar.hidden = true;
    button.disabled = false;
  };
  sent.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
  });
  sent.upload.addEventListener("load", () => (told.textContent = form.dataset.wait));
  sent.addEventListener("load", () => {
    idle();
    told.textContent = "";
    if (sent.status === 429) return void form.submit(); // the page that says why and until when
    show(form, sent.responseText, sent.responseURL);
  });
  sent.addEventListener("error", () => {
    idle();
    told.textContent = form.dataset.lost;
  });
  sent.open("POST", form.action);
  sent.setRequestHeader("accept", "text/html");
  sent.send(new FormData(form));
  bar.hidden = false;
  bar.value = 0;
  button.disabled = true;
}

async function arrange(form, submitter) {
  const body = new URLSearchParams(new FormData(form));
  const pressed = submitter?.value ?? "save";
  body.set("do", pressed);
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body, headers: { accept: "text/html" } });
  } catch {
    return void form.submit();
  }
  if (answer.status === 429) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "do", value: pressed }));
    return void form.submit();
  }
  show(form, await answer.text(), answer.url, pressed);
}

// The shelf of the answer takes this one's place: what is typed elsewhere on the page stays. Where the answer has none,
// it says why, and takes the place of the whole page's content.
function show(form, text, address, pressed = "") {
  const page = new DOMParser().parseFromString(text, "text/html");
  const fresh = page.querySelector("[data-shelf]");
  const old = form.closest("[data-shelf]");
  if (fresh && old) {
    old.replaceWith(fresh);
    start(fresh.parentElement);
    focus(fresh, pressed);
    return;
  }
  const wrong = page.querySelector("#shelf-wrong");
  if (!wrong) return void location.assign(address);
  for (const before of document.querySelectorAll("#shelf-wrong")) before.remove();
  const both = page.querySelector(".both-texts");
  if (both) wrong.append(...page.querySelectorAll("form.sheet"));
  (form.matches("[data-bring]") || !old ? form : old.querySelector("h2").nextElementSibling).before(wrong);
  wrong.tabIndex = -1;
  wrong.focus();
  start(wrong);
}

function focus(shelf, pressed) {
  const again = pressed && shelf.querySelector(`[value="${CSS.escape(pressed)}"]:not(:disabled, .unseen)`);
  const item = shelf.querySelector(".shelf-item:last-child input:not([type=hidden])");
  (again || (pressed ? shelf.querySelector(".shelf-acts button:not(:disabled)") : item) || shelf.querySelector("input[type=file]"))?.focus();
}

// A file can be dropped on the form, or pasted into it.
function drops(form) {
  const input = form.querySelector("input[type=file]");
  const take = (event, files) => {
    if (!files?.length) return;
    event.preventDefault();
    input.files = files;
    input.focus();
  };
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("is-over");
  });
  form.addEventListener("dragleave", () => form.classList.remove("is-over"));
  form.addEventListener("drop", (event) => {
    form.classList.remove("is-over");
    take(event, event.dataTransfer.files);
  });
  form.addEventListener("paste", (event) => take(event, event.clipboardData.files));
}
