/* Moves between the cells of the grid with the arrow keys, opens a cell beside it and saves it without a new
   page. Pages work without it: each cell is a link, and what it opens is a form. */

(() => {
  const HEADERS = { "HX-Request": "true" };
  const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

  function start(table, panel) {
    let opened = table.querySelector("a[aria-current]");

    const cellsOf = (row) => [...row.querySelectorAll("a")];

    function beside(link, [down, right]) {
      let row = link.closest("tr");
      const place = cellsOf(row).indexOf(link) + right;
      if (down) row = down > 0 ? row.nextElementSibling : row.previousElementSibling;
      return row ? cellsOf(row)[place] : null;
    }

    function show(html) {
      panel.innerHTML = html;
      panel.parentElement.classList.add("grid__around--open");
      const written = panel.querySelector("template[data-written]");
      const total = panel.querySelector("template[data-total]");
      if (opened && written) opened.innerHTML = written.innerHTML;
      if (opened && total) opened.closest("tr").querySelector(".grid__total").innerHTML = total.innerHTML;
    }

    const boxOf = () => panel.querySelector("form :is(input:not([type=hidden]), select, textarea)");

    async function open(link, typed = "") {
      const answer = await fetch(link.href, { headers: HEADERS, redirect: "manual" });
      if (!answer.ok) {
        location.assign(link.href);
        return;
      }
      opened?.removeAttribute("aria-current");
      opened = link;
      link.setAttribute("aria-current", "true");
      show(await answer.text());
      history.replaceState(null, "", link.href);
      const box = boxOf();
      (box || panel).focus();
      if (typed && box?.matches("input[type=text], input:not([type])")) {
        box.value = typed;
      } else if (box?.matches("input")) {
        box.select();
      }
    }

    async function save(form, submitter) {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new FormData(form, submitter),
        headers: HEADERS,
        redirect: "manual",
      });
      if (!answer.ok) {
        form.submit();
        return;
      }
      show(await answer.text());
      const done = panel.querySelector(".cell[data-saved]");
      ((done && opened) || boxOf() || panel).focus();
    }

    table.addEventListener("click", (event) => {
      const link = event.target.closest("tbody a");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      open(link);
    });

    table.addEventListener("keydown", (event) => {
      const link = event.target.closest("tbody a");
      if (!link || event.ctrlKey || event.metaKey || event.altKey) return;
      const next = event.key in MOVES ? beside(link, MOVES[event.key]) : null;
      if (next) {
        event.preventDefault();
        next.focus();
      } else if (/^[0-9]$/.test(event.key)) {
        event.preventDefault();
        open(link, event.key);
      }
    });

    panel.addEventListener("submit", (event) => {
      event.preventDefault();
      save(event.target, event.submitter);
    });

    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && opened) {
        event.preventDefault();
        opened.focus();
      }
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    const table = document.getElementById("grid");
    const panel = document.getElementById("cell");
    if (table && panel) start(table, panel);
  });
})();
