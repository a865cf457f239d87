/* A form that was sent is not sent again while its answer is awaited: the button shows that it waits. The server
   knows a second press anyhow; pages work without this. */

(() => {
  const LONGEST = 20000;
  let sent = null;

  function release() {
    if (!sent) return;
    sent.form.removeAttribute("aria-busy");
    if (sent.button) sent.button.removeAttribute("aria-disabled");
    sent = null;
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.target) return;
    if (sent && sent.form === form) {
      event.preventDefault();
      return;
    }
    release();
    const button = event.submitter;
    sent = { form, button };
    form.setAttribute("aria-busy", "true");
    if (button) button.setAttribute("aria-disabled", "true");
    setTimeout(release, LONGEST);
  });

  window.addEventListener("pageshow", release); // the back button shows the page as it was left
})();
