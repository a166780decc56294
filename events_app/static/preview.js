// What the public will see of a text or a colour, beside the control in which it is typed. The service makes it.
// Without this a button shows the same.

const PATIENCE = 300; // milliseconds after the last key

for (const shown of document.querySelectorAll("[data-preview]")) follow(shown);
for (const button of document.querySelectorAll("[data-preview-button]")) button.hidden = true;

function follow(shown) {
  const control = document.getElementById(shown.dataset.preview);
  let timer = 0;
  let asked = 0;
  control.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const turn = (asked += 1);
      const html = await made(shown, control.value);
      if (html !== null && turn === asked) shown.innerHTML = html;
    }, PATIENCE);
  });
}

async function made(shown, value) {
  const body = new URLSearchParams(shown.dataset.level ? { text: value, level: shown.dataset.level } : { colour: value });
  try {
    const answer = await fetch(shown.dataset.address, { method: "POST", body, headers: { accept: "text/html" } });
    return answer.ok ? await answer.text() : null;
  } catch {
    return null; // the service does not answer: what is shown stays
  }
}
