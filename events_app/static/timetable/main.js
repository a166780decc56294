// The timetable editor. Everything that it does can be done with the plain forms too; this makes it quick.
import { Board } from "./board.js";
import { Drag } from "./drag.js";
import { Held } from "./held.js";
import { Keys } from "./keys.js";
import { Lists } from "./lists.js";
import { Server } from "./server.js";
import { Talk } from "./talk.js";

const data = JSON.parse(document.getElementById("tt-data").textContent);
const looks = document.body.classList.contains("is-reading"); // whoever may not change anything
const editor = { data, looks, items: new Map(data.sessions.map((item) => [item.code, item])), marked: null, chosen: null };
Object.assign(editor, {
  talk: new Talk(editor),
  board: new Board(editor),
  lists: new Lists(editor),
  server: new Server(editor),
  held: new Held(editor),
});
editor.keys = new Keys(editor);
editor.drag = new Drag(editor);

document.body.classList.add("has-board");
for (const part of document.querySelectorAll(".tt-scripted")) part.hidden = false;
document.getElementById("tt-rooms")?.addEventListener("change", (event) => event.target.form.requestSubmit());
const waiting = data.sessions.some((item) => item.starts === undefined);
if (matchMedia("(max-width: 62rem)").matches) {
  document.getElementById("tt-findings").open = false;
  document.getElementById("tt-tray").open = waiting && !matchMedia("(max-width: 45rem)").matches;
}
editor.board.draw();
editor.lists.drawTray();
editor.lists.drawFindings(data.news.findings);
editor.server.labels(data.news);
editor.server.listen();
if (!editor.talk.line.textContent) editor.talk.say("");
document.documentElement.dataset.ready = "timetable";
