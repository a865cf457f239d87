/* Keeps what is typed into a form as a draft on the server, some seconds after the last change, and offers a
   draft that was never sent. Pages work without it: nothing here sends a form. */

(() => {
  const WAIT = 4000;

  const isKept = (control) =>
    control.name && !["password", "file", "hidden", "submit", "button"].includes(control.type);

  // What a form says of how it was shown its rows: a draft speaks of those, not of the ones of a later day.
  const isShown = (control) =>
    control.type === "hidden" &&
    /(^|-)(id|item|row|shown|shown_[a-z_]+|TOTAL_FORMS|INITIAL_FORMS)$|^initial-/.test(control.name);

  function fieldsOf(form) {
    const data = new FormData();
    for (const control of form.elements) {
      if (control.name === "draft-of" || isShown(control)) {
        data.append(control.name, control.value);
      } else if (!isKept(control) || (["checkbox", "radio"].includes(control.type) && !control.checked)) {
        continue;
      } else if (control.type === "select-multiple") {
        [...control.selectedOptions].forEach((option) => data.append(control.name, option.value));
      } else {
        data.append(control.name, control.value);
      }
    }
    return data;
  }

  function addRows(form, fields) {
    for (const name of Object.keys(fields).filter((each) => each.endsWith("-TOTAL_FORMS"))) {
      const total = form.elements[name];
      const way = form.querySelector(`#${CSS.escape(name.replace("-TOTAL_FORMS", "-group"))} .add-row a`);
      for (let more = fields[name][0] - (total ? total.value : 0); total && way && more > 0; more -= 1) {
        way.click();
      }
    }
  }

  function restore(form, fields) {
    addRows(form, fields);
    for (const control of form.elements) {
      if (isShown(control) && !control.name.endsWith("-TOTAL_FORMS") && control.name in fields) {
        const same = [...form.querySelectorAll(`[name="${CSS.escape(control.name)}"]`)];
        control.value = fields[control.name][same.indexOf(control)] ?? control.value;
        continue;
      }
      if (!isKept(control)) continue;
      const values = fields[control.name] || [];
      if (["checkbox", "radio"].includes(control.type)) {
        control.checked = values.includes(control.value);
      } else if (control.type === "select-multiple") {
        [...control.options].forEach((option) => (option.selected = values.includes(option.value)));
      } else if (control.name in fields) {
        control.value = values[[...form.querySelectorAll(`[name="${CSS.escape(control.name)}"]`)].indexOf(control)] ?? "";
      }
    }
  }

  function watch(form, place) {
    const line = form.querySelector(".draft");
    const words = line.querySelector(".draft__words");
    const offer = line.querySelector(".draft__offer");
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    const address = place.dataset.drafts;
    let timer, sending, changes = 0;

    const post = (data) =>
      fetch(address, {
        method: "POST",
        body: data,
        headers: { "X-CSRFToken": token, Accept: "application/json" },
        redirect: "manual",
        signal: (sending = new AbortController()).signal,
      });

    async function save() {
      const saved = changes;
      try {
        const answer = await post(fieldsOf(form));
        if (answer.ok || answer.status === 413) {
          words.textContent = (await answer.json()).words;
        } else {
          words.textContent = words.dataset.ended;
        }
      } catch (error) {
        if (error.name === "AbortError") return;
        words.textContent = words.dataset.failed;
        timer = setTimeout(save, 5 * WAIT);
      }
      if (saved !== changes) timer = setTimeout(save, WAIT);
    }

    function changed(event) {
      if (!isKept(event.target)) return;
      changes += 1;
      clearTimeout(timer);
      timer = setTimeout(save, WAIT);
    }

    async function look() {
      const answer = await fetch(`${address}?${new URLSearchParams({ "draft-of": place.value })}`, {
        headers: { Accept: "application/json" },
        redirect: "manual",
      });
      if (!answer.ok) return;
      const found = await answer.json();
      if (!found.fields) return;
      offer.querySelector(".draft__found").textContent = found.words;
      offer.hidden = false;
      offer.querySelector("[data-restore]").addEventListener("click", () => {
        restore(form, found.fields);
        offer.hidden = true;
        form.querySelector("input:not([type=hidden]), textarea, select")?.focus();
      });
      offer.querySelector("[data-drop]").addEventListener("click", () => {
        const data = new FormData();
        data.append("draft-of", place.value);
        data.append("drop", "1");
        post(data);
        offer.hidden = true;
      });
    }

    form.addEventListener("input", changed);
    form.addEventListener("change", changed);
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      sending?.abort();
    });
    look().catch(() => {
      words.textContent = words.dataset.failed;
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("input[name=draft-of]").forEach((place) => watch(place.form, place));
  });
})();
