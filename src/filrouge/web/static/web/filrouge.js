// What HTML alone cannot do. Every page works without this file; nothing here is needed to finish a task.

const words = document.getElementById("mots")?.dataset ?? {};
const isTyping = (element) => element?.matches?.("input, textarea, select, [contenteditable]");
const csrfToken = (root = document) =>
  (root.querySelector("input[name=csrfmiddlewaretoken]") ?? document.querySelector("input[name=csrfmiddlewaretoken]"))?.value ?? "";

// htmx: the CSRF token travels as a header, whatever element sends the request.
document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = csrfToken();
});

/* ---- Command palette ------------------------------------------------------------------ */

const palette = document.getElementById("palette");
if (palette) setUpPalette(palette);

function setUpPalette(dialog) {
  const input = dialog.querySelector("input");
  const list = dialog.querySelector("[data-palette-list]");
  const status = dialog.querySelector("[data-palette-status]");
  let timer = 0;
  let asked = null;

  const options = () => [...list.querySelectorAll("[role=option]")];
  const chosen = () => list.querySelector("[aria-selected=true]");

  function choose(option) {
    chosen()?.setAttribute("aria-selected", "false");
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  function show(html, message = "") {
    list.innerHTML = html;
    const found = options();
    input.setAttribute("aria-expanded", String(found.length > 0));
    status.textContent = message || (found.length ? `${found.length}` : "");
    choose(found[0]);
  }

  function say(message) {
    const line = document.createElement("p");
    line.className = "palette-none";
    line.textContent = message;
    show(line.outerHTML, message);
  }

  async function search() {
    asked?.abort();
    const query = input.value.trim();
    if (!query) return show("");
    const request = (asked = new AbortController());
    try {
      const address = `/chercher/?${new URLSearchParams({ q: query, fragment: "1" })}`;
      const answer = await fetch(address, { signal: request.signal, headers: { "X-Requested-With": "fetch" } });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const html = await answer.text();
      if (request.signal.aborted) return;
      show(html);
      if (!options().length) say(words.nothing);
    } catch (error) {
      if (error.name !== "AbortError") say(words.failed);
    }
  }

  function open(text = "") {
    if (dialog.open) return;
    input.value = text;
    show("");
    dialog.showModal();
    input.focus();
    if (text) search();
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, 120);
  });
  input.addEventListener("keydown", (event) => {
    const all = options();
    const at = all.indexOf(chosen());
    if (event.key === "ArrowDown" && all.length) choose(all[(at + 1) % all.length]);
    else if (event.key === "ArrowUp" && all.length) choose(all[(at - 1 + all.length) % all.length]);
    else if (event.key === "Enter" && chosen()) chosen().click();
    else if (event.key === "Escape") dialog.close(); // the browser would only empty the field first
    else return;
    event.preventDefault();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.addEventListener("keydown", (event) => {
    const shortcut = (event.key === "k" || event.key === "K") && (event.ctrlKey || event.metaKey);
    const slash = event.key === "/" && !isTyping(document.activeElement);
    if ((!shortcut && !slash) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    open();
  });
  for (const opener of document.querySelectorAll("[data-palette-open]")) {
    opener.addEventListener("mousedown", (event) => {
      event.preventDefault();
      open(opener.value);
    });
    opener.addEventListener("input", () => {
      open(opener.value);
      opener.value = "";
    });
  }
}

/* ---- Forms ---------------------------------------------------------------------------- */

document.querySelector("[data-error-summary]")?.focus();

// A form sent twice by an impatient click is sent once; the server's idempotency key is the real guard.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.target === "_blank") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  form.dispatchEvent(new CustomEvent("filrouge:sent"));
  // After the browser has read the fields, or the pressed button's own value would be lost.
  setTimeout(() => form.querySelectorAll("button[type=submit]").forEach((button) => button.setAttribute("aria-disabled", "true")));
});
function release() {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.querySelectorAll("button[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  }
}
addEventListener("pageshow", release);
document.addEventListener("htmx:afterRequest", release);

// A filter applies as soon as it is chosen; its button stays for whoever has no script.
for (const select of document.querySelectorAll("select[data-submit]")) {
  select.addEventListener("change", () => select.form.requestSubmit());
}

for (const form of document.querySelectorAll("form[data-draft]")) keepDraft(form);

function keepDraft(form) {
  const status = form.querySelector("[data-draft-status]");
  let timer = 0;
  let unsaved = false;
  let sent = false;
  const say = (text) => status && (status.textContent = text);

  function plan(delay = 2000) {
    clearTimeout(timer);
    timer = setTimeout(save, delay);
  }

  async function save() {
    if (sent || !unsaved) return;
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && name !== "csrfmiddlewaretoken") fields.append(name, value);
    }
    unsaved = false;
    try {
      const answer = await fetch(`/brouillons/${encodeURIComponent(form.dataset.draft)}/`, {
        method: "POST", body: fields, keepalive: true, headers: { "X-CSRFToken": csrfToken(form) },
      });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const now = new Date();
      say(`${words.draftSaved} ${now.getHours()}\u00a0h\u00a0${String(now.getMinutes()).padStart(2, "0")}`);
    } catch {
      unsaved = true;
      say(words.draftFailed);
      if (!sent) plan(10000);
    }
  }

  form.addEventListener("input", () => {
    if (!unsaved) say(words.unsaved);
    unsaved = true;
    plan();
  });
  form.addEventListener("filrouge:sent", () => {
    sent = true;
    clearTimeout(timer);
  });
  addEventListener("pageshow", () => (sent = false));
  document.addEventListener("visibilitychange", () => document.hidden && save());
  guardUnsaved(() => unsaved && !sent);
}

for (const form of document.querySelectorAll("form[data-guard]")) {
  let changed = false;
  form.addEventListener("input", () => (changed = true));
  form.addEventListener("filrouge:sent", () => (changed = false));
  guardUnsaved(() => changed);
}

function guardUnsaved(isUnsaved) {
  addEventListener("beforeunload", (event) => {
    if (isUnsaved()) event.preventDefault();
  });
}

/* ---- Keys, dialogs, menus ------------------------------------------------------------- */

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(document.activeElement)) return;
  const scope = document.querySelector("dialog[open]") ?? document;
  const target = [...scope.querySelectorAll("[data-key]")].find((element) => element.dataset.key.toLowerCase() === event.key.toLowerCase());
  if (!target || target.matches(":disabled, [aria-disabled=true]")) return;
  event.preventDefault();
  target.click();
});

document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-dialog], [data-dialog-close], [data-preview], [data-print], [data-theme-choice]");
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  if (!target) return;
  if (target.matches("[data-dialog]")) {
    const dialog = document.getElementById(target.dataset.dialog);
    if (!dialog) return;
    event.preventDefault();
    dialog.showModal();
  } else if (target.matches("[data-dialog-close]")) target.closest("dialog").close();
  else if (target.matches("[data-print]")) print();
  else if (target.matches("[data-theme-choice]")) setTheme(target.dataset.themeChoice);
  else if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    preview(target);
  }
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

function preview(link) {
  const dialog = document.createElement("dialog");
  dialog.className = "preview";
  dialog.setAttribute("aria-label", words.preview);
  const actions = document.createElement("p");
  actions.className = "actions";
  const full = Object.assign(document.createElement("a"), { className: "button", href: link.href, target: "_blank", rel: "noopener", textContent: words.full });
  const close = Object.assign(document.createElement("button"), { className: "button", type: "button", textContent: words.close });
  close.dataset.dialogClose = "";
  actions.append(full, close);
  dialog.append(actions, Object.assign(document.createElement("iframe"), { src: link.href, title: words.preview }));
  dialog.addEventListener("close", () => {
    dialog.remove();
    link.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  close.focus();
}

/* ---- Print and theme ------------------------------------------------------------------ */

for (const button of document.querySelectorAll("[data-print][hidden]")) button.hidden = false;
for (const group of document.querySelectorAll("[data-themes]")) group.hidden = false;
showTheme();

function setTheme(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  try {
    if (theme) localStorage.setItem("filrouge-theme", theme);
    else localStorage.removeItem("filrouge-theme");
  } catch { /* storage closed: the choice lasts for this page */ }
  showTheme();
}

function showTheme() {
  const theme = document.documentElement.dataset.theme ?? "";
  for (const button of document.querySelectorAll("[data-theme-choice]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === theme));
  }
}
