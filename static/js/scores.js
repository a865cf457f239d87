/* Keeps each criterion of a score sheet as soon as it was typed, one at a time, and shows what it came to.
   Pages work without it: then the whole form is sent by its button. */

(() => {
  const typed = (row) => [...row.elements].filter((each) => each.name && each.type !== "hidden");

  // Whether a box says something else than the page came with: it was typed before this script was there.
  function isTyped(box) {
    if (box.type === "checkbox" || box.type === "radio") return box.checked !== box.defaultChecked;
    if (box.options) {
      const came = [...box.options].findIndex((each) => each.defaultSelected);
      return box.selectedIndex !== Math.max(came, 0);
    }
    return box.matches("input:not([type=hidden], [type=file]), textarea") && box.value !== box.defaultValue;
  }

  function say(row, words, wrong) {
    const place = row.querySelector("[data-words]");
    place.textContent = words.join(" ");
    place.classList.toggle("score-row__words--wrong", Boolean(wrong));
  }

  function owed(row, words) {
    say(row, words, true);
    row.dataset.state = "owed"; // sent with the whole form, where it was not kept alone
  }

  function watch(form) {
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    const summary = document.querySelector("[data-summary]");
    const waiting = new Map();
    let last = Promise.resolve();

    async function save(row) {
      const data = new FormData();
      data.append("only", row.dataset.score);
      for (const each of row.elements) {
        if (each.name && (each.type !== "checkbox" || each.checked)) data.append(each.name, each.value);
      }
      for (const name of ["paper_day", "paper_place", "reason"]) {
        if (form.elements[name]?.value) data.append(name, form.elements[name].value);
      }
      const answer = await fetch(form.action || location.href, {
        method: "POST",
        body: data,
        headers: { "X-CSRFToken": token, Accept: "application/json" },
        redirect: "manual",
        keepalive: true, // whoever leaves the page at once has typed it all the same
      });
      if (!(answer.headers.get("Content-Type") || "").startsWith("application/json")) {
        owed(row, [form.dataset.ended]);
        return;
      }
      const said = await answer.json();
      if (said.points) row.querySelector("[data-points]").textContent = said.points;
      if (said.faults) {
        owed(row, said.faults);
        return;
      }
      row.querySelector("[name$=-shown_version]").value = said.version;
      row.querySelector("[data-working]").textContent = said.working;
      row.dataset.state = said.differs ? "differs" : "agreed";
      summary.innerHTML = said.summary;
      say(row, [form.dataset.saved]);
    }

    function later(row) {
      const now = last // one row after the other: the first one begins the sheet
        .then(() => save(row))
        .catch(() => owed(row, [form.dataset.failed]))
        .finally(() => waiting.get(row) === now && waiting.delete(row));
      waiting.set(row, (last = now));
    }

    form.classList.add("scores--live");
    form.addEventListener("input", (event) => {
      const row = event.target.closest("[data-score]");
      if (row) row.dataset.touched = "1";
    });
    form.addEventListener("change", (event) => {
      const row = event.target.closest("[data-score]");
      if (row && typed(row).includes(event.target)) later(row);
    });
    for (const row of form.querySelectorAll("[data-score]")) {
      if (typed(row).some(isTyped)) later(row);
    }
    form.addEventListener("keydown", (event) => {
      const row = event.target.closest("[data-score]");
      if (!row || event.key !== "Enter" || event.target.tagName !== "INPUT") return;
      event.preventDefault(); // Enter keeps this criterion; the form is sent by its buttons
      event.target.dispatchEvent(new Event("change", { bubbles: true }));
    });
    form.addEventListener("submit", (event) => {
      if (!waiting.size) {
        form.querySelectorAll("[data-score]").forEach((row) => (row.disabled = row.dataset.state !== "owed"));
        return;
      }
      event.preventDefault();
      Promise.all(waiting.values()).then(() => form.requestSubmit(event.submitter));
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("form[data-scores]").forEach(watch);
  });
})();
