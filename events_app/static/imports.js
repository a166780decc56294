// While a file is being read: asks again until it has been, without the page's flashing.
const asked = async () => {
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    const waits = answer.ok && (await answer.text()).includes("data-waiting");
    if (!waits) return location.reload();
  } catch {
    // the service does not answer: ask again
  }
  setTimeout(asked, 700);
};

setTimeout(asked, 500);
