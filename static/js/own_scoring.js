/* Saves a criterion as it is typed, once a box is left, and shows the points, their working and the time.
   One criterion after the other, so that the count and the total on the page are the newest; what still waits
   when the page is left is sent then. The page works without it: every form has its own button. */

(() => {
  const WAIT = 400;
  let last = Promise.resolve();

  // Whether a box says something else than the page came with: it was typed before this script was there.
  function isTyped(box) {
    if (box.type === "checkbox" || box.type === "radio") return box.checked !== box.defaultChecked;
    if (box.options) {
      const came = [...box.options].findIndex((each) => each.defaultSelected);
      return box.selectedIndex !== Math.max(came, 0);
    }
    return box.matches("input:not([type=hidden], [type=file]), textarea") && box.value !== box.defaultValue;
  }

  function watch(form) {
    const result = document.querySelector(`[data-result="${CSS.escape(form.elements.criterion.value)}"]`);
    const saved = result.querySelector("[data-saved]");
    let timer, waiting = false;

    function show(told) {
      form.querySelector('[name$="-shown_version"]').value = told.version;
      result.querySelector("[data-points]").textContent = told.points;
      result.querySelector("[data-working]").replaceChildren(
        ...told.working.map((words) => {
          const line = document.createElement("p");
          line.className = "score-cell__working";
          line.textContent = words;
          return line;
        }),
      );
      document.querySelector("[data-progress]").textContent = told.progress;
      document.querySelector("[data-done]").value = told.done;
      document.querySelector("[data-total]").textContent = told.total;
    }

    function send() {
      waiting = false;
      return fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
        redirect: "manual",
        keepalive: true,
      });
    }

    async function save() {
      if (!waiting) return;
      try {
        const answer = await send();
        if (answer.ok || answer.status === 422) {
          const told = await answer.json();
          saved.textContent = told.words;
          if (answer.ok) show(told);
        } else {
          saved.textContent = result.dataset.ended;
        }
      } catch {
        saved.textContent = result.dataset.failed;
      }
    }

    function saveSoon() {
      clearTimeout(timer);
      waiting = true;
      timer = setTimeout(() => (last = last.then(save)), WAIT);
    }

    form.addEventListener("change", saveSoon);
    if ([...form.elements].some(isTyped)) saveSoon();
    window.addEventListener("pagehide", () => waiting && send());
    form.addEventListener("submit", (event) => {
      clearTimeout(timer);
      waiting = false;
      if (form.dataset.sending) return;
      event.preventDefault(); // what is being saved comes first, so that the version shown is the one kept
      const button = event.submitter;
      form.dataset.sending = "1";
      last.then(() => setTimeout(() => form.requestSubmit(button))); // once this event is over
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("form[data-autosave]").forEach(watch);
  });
})();
