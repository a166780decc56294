// What makes the pages handier where scripts run; nothing needs it.
"use strict";

for (const start of [filters, copiers, dayKeys, yourTime, nowMarks, signingOut]) start();

// A list that can be searched: items with the class named by data-filter that do not hold every word are hidden.
function filters() {
  for (const input of document.querySelectorAll("[data-filter]")) {
    const box = input.closest(".filter");
    const told = box.querySelector("[role=status]");
    const items = [...document.querySelectorAll("." + input.dataset.filter)].map((item) => [item, plain(item.textContent)]);
    const groups = [...document.querySelectorAll(".letter, .day")];
    box.hidden = false;
    input.addEventListener("input", () => {
      const words = plain(input.value).split(" ").filter(Boolean);
      let count = 0;
      for (const [item, text] of items) {
        item.hidden = !words.every((word) => text.includes(word));
        if (!item.hidden) count += 1;
      }
      for (const group of groups) group.hidden = !group.querySelector("." + input.dataset.filter + ":not([hidden])");
      for (const list of document.querySelectorAll(".by-slot")) list.classList.toggle("is-searched", words.length > 0);
      told.textContent = words.length ? String(count) : "";
    });
  }
}

function plain(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ");
}

function copiers() {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      const field = document.getElementById(button.dataset.copy);
      field.select();
      await navigator.clipboard.writeText(field.value);
      button.textContent = button.dataset.copied;
    });
  }
}

// Left and right walk along the days.
function dayKeys() {
  const days = document.querySelector(".days");
  days?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  days?.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const links = [...days.querySelectorAll("a")];
    const next = step && links[links.indexOf(document.activeElement) + step];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  });
}

// Whoever's clock is not the event's sees their own time in brackets.
function yourTime() {
  const clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  let differs = false;
  for (const time of document.querySelectorAll(".leaf-margin time[datetime], .now time[datetime]")) {
    const starts = new Date(time.dateTime);
    const there = time.dateTime.slice(11, 16);
    if (Number.isNaN(starts.getTime()) || clock.format(starts) === there) continue;
    const yours = document.createElement("span");
    yours.className = "yours";
    yours.textContent = ` (${clock.format(starts)})`;
    time.after(yours);
    differs = true;
  }
  const said = document.querySelector(".your-time");
  if (said && differs) said.hidden = false;
}

// What is on keeps being marked while the page stays open.
function nowMarks() {
  const marked = [...document.querySelectorAll("time[data-until]")].map((time) => [
    time.closest(".entry, .slot"),
    Date.parse(time.dateTime),
    Date.parse(time.dataset.until),
  ]);
  if (!marked.length) return;
  const mark = () => {
    const now = Date.now();
    for (const [item, starts, ends] of marked) {
      item?.classList.toggle("is-on", starts <= now && now < ends && !item.classList.contains("is-gone"));
    }
  };
  mark();
  setInterval(mark, 30000);
}

// Whoever signs out leaves nothing of what they typed behind on the device.
function signingOut() {
  for (const form of document.querySelectorAll("form[action='/sign-out']")) {
    form.addEventListener("submit", () => {
      try {
        for (const key of Object.keys(localStorage)) if (key.startsWith("events-draft:")) localStorage.removeItem(key);
      } catch {
        // the browser keeps nothing
      }
    });
  }
}
