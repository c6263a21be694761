// Search, filters, and each letter on demand. What it shows was written by lettergen and is in this page:
// the `html` of passages, notes and values was escaped there; all else goes into the page as text.
"use strict";

const WINDOW = 50; // rows that are in the page at a time
const FORMS = { m: "md", h: "html", p: "pdf" };
const byId = id => document.getElementById(id);

async function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), sign => sign.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

// The words of written HTML: tags and references aside, which only `html()` of the writer makes.
const plain = html => html.replace(/<[^>]*>/g, "").replace(/&lt;/g, "<").replace(/&gt;/g, ">")
  .replace(/&quot;/g, '"').replace(/&#x27;/g, "'").replace(/&amp;/g, "&");
const folded = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function written(html) { // as nodes; a template's content runs nothing and fetches nothing
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content;
}

function lettersOf(data) {
  const [ids, names, shapes, texts, values, lines, problems, pages, files, places] = data.letters;
  return ids.map((id, index) => ({
    id, name: names[index], shape: shapes[index], text: texts[index], values: values[index], lines: lines[index],
    problems: problems[index], pages: pages[index], files: [...files[index]].map(sign => FORMS[sign]), place: places[index],
  }));
}

function start(data) {
  const letters = lettersOf(data);
  const sought = data.values.map(value => folded(plain(value))); // once, for every search
  const heads = letters.map(letter => folded(`${letter.name} ${letter.id}`));
  const query = byId("query"), byShape = byId("by-shape"), byVariant = byId("by-variant"), byProblem = byId("by-problem");
  const rows = byId("rows"), more = byId("more"), reader = byId("reader");
  let found = [], first = 0, here = -1, waiting = 0;

  data.shapes.forEach(([name], index) => byShape.append(element("option", { value: String(index) }, name)));
  const variants = [...new Set(data.shapes.flatMap(([, names]) => names))].sort();
  for (const name of variants) byVariant.append(element("option", { value: name }, name));
  if (!variants.length) byVariant.parentElement.hidden = true;
  if (data.shapes.length < 2) byShape.parentElement.hidden = true;

  function search() {
    clearTimeout(waiting);
    const words = folded(query.value).split(/\s+/).filter(Boolean);
    const holding = words.map(word => sought.map(text => text.includes(word)));
    const holds = (letter, number, index) =>
      heads[number].includes(words[index]) || letter.values.some(value => holding[index][value]);
    found = [];
    letters.forEach((letter, number) => {
      const [, names] = data.shapes[letter.shape];
      if (byShape.value && Number(byShape.value) !== letter.shape) return;
      if (byVariant.value && !names.includes(byVariant.value)) return;
      if (byProblem?.checked && !letter.problems) return;
      if (words.every((_, index) => holds(letter, number, index))) found.push(number);
    });
    here = -1;
    show(0);
    const count = found.length.toLocaleString("en");
    byId("count").textContent = found.length === letters.length ? `${count} letters` :
      `${count} of ${letters.length.toLocaleString("en")} letters`;
  }

  function show(from) {
    first = Math.max(0, Math.min(from, found.length - 1));
    first -= first % WINDOW;
    rows.replaceChildren(...found.slice(first, first + WINDOW).map((number, index) => row(number, first + index)));
    const last = Math.min(first + WINDOW, found.length);
    const turn = (words, target, isPossible) =>
      element("button", { type: "button", disabled: !isPossible, onclick: () => { show(target); byId("tools").scrollIntoView(); } }, words);
    more.replaceChildren(...found.length > WINDOW ? [
      turn("Back", first - WINDOW, first > 0), turn("Further", first + WINDOW, last < found.length),
      `${(first + 1).toLocaleString("en")} to ${last.toLocaleString("en")} of ${found.length.toLocaleString("en")}`,
    ] : found.length ? [] : ["No letter has all of these words."]);
  }

  function row(number, position) {
    const letter = letters[number], [shape, names] = data.shapes[letter.shape];
    const open = element("button", { type: "button", className: "open", onclick: () => read(position) }, letter.name);
    const links = letter.files.flatMap(form => {
      const link = element("a", { href: `${letter.place}${letter.id}.${form}` }, form);
      link.setAttribute("aria-label", `${letter.id}.${form}`);
      return [link, " "];
    });
    const problems = letter.problems ? [element("span", { className: "warning" }, `${letter.problems} problem${letter.problems > 1 ? "s" : ""}`)] : [];
    const made = element("tr", {},
      element("td", {}, open, " ", element("span", { className: "quiet" }, letter.id), ...hit(letter, number)),
      element("td", {}, element("span", { className: "badge" }, shape)),
      element("td", {}, names.join(", ")),
      element("td", { className: "number" }, letter.pages === null ? "" : String(letter.pages)),
      element("td", {}, ...links, ...problems));
    made.classList.toggle("here", position === here);
    return made;
  }

  function hit(letter, number) { // the value that was found, if neither name nor id says it
    const words = folded(query.value).split(/\s+/).filter(word => word && !heads[number].includes(word));
    const index = words.length ? letter.values.findIndex(value => words.some(word => sought[value].includes(word))) : -1;
    if (index < 0) return [];
    return [element("span", { className: "hit" }, `${data.texts[letter.text][2][index][0]}: ${plain(data.values[letter.values[index]])}`)];
  }

  function go(position, isToFocus = true) {
    if (position < 0 || position >= found.length) return;
    here = position;
    if (position < first || position >= first + WINDOW) show(position);
    [...rows.children].forEach((made, index) => made.classList.toggle("here", first + index === here));
    if (isToFocus) rows.children[here - first].querySelector(".open").focus();
  }

  function read(position) {
    if (position < 0 || position >= found.length) return;
    go(position, false);
    const letter = letters[found[position]], [shape, names] = data.shapes[letter.shape];
    byId("reader-title").textContent = letter.name;
    const pages = letter.pages === null ? [] : [`${letter.pages} page${letter.pages === 1 ? "" : "s"}`];
    const facts = [letter.id, `shape ${shape}`, ...names, ...pages, `${position + 1} of ${found.length}`];
    const links = letter.files.flatMap(form => [" · ", element("a", { href: `${letter.place}${letter.id}.${form}` }, `${letter.id}.${form}`)]);
    byId("reader-facts").replaceChildren(facts.join(" · "), ...links);
    byId("reader-sheet").replaceChildren(...sheet(letter));
    const drawn = [...document.images].find(image => image.dataset.picture === letter.id);
    byId("reader-picture").replaceChildren(...drawn ? [element("img", { src: drawn.src, alt: "The first page of the PDF" })] : []);
    byId("previous").disabled = position === 0;
    byId("next").disabled = position === found.length - 1;
    if (!reader.open) reader.showModal();
    reader.scrollTop = 0;
    byId("reader-title").focus();
  }

  function sheet(letter) {
    const [passages, notes, slots] = data.texts[letter.text];
    const parts = [];
    let filled = 0, latest = "";
    for (const [part, lang, html] of passages.map(number => data.passages[number])) {
      if (latest !== part + lang) parts.push(element("div", { className: `part ${part}`, lang }));
      latest = part + lang;
      const nodes = written(html);
      for (const slot of nodes.querySelectorAll("[data-slot]")) {
        const [name, printed] = slots[filled];
        const place = printed || `${data.records}:${letter.lines[filled]}`;
        const said = element("span", { className: "from" }, ` ${name} `, element("span", { className: "at" }, place.replace(/^templates\//, "")));
        slot.append(written(data.values[letter.values[filled]]));
        slot.tagName === "DIV" ? slot.prepend(said) : slot.after(said);
        filled += 1;
      }
      parts.at(-1).append(nodes);
    }
    if (notes.length) {
      const items = notes.map(number => element("li", {}, written(data.notes[number])));
      parts.push(element("div", { className: "part notes" }, element("ol", {}, ...items)));
    }
    return parts;
  }

  function key(event) {
    if (!byId("keys").checked || event.ctrlKey || event.metaKey || event.altKey) return;
    const isTyping = event.target.matches("input[type=search], select, textarea");
    const step = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    const isArrow = event.key.startsWith("Arrow");
    if (event.target === query && event.key === "Escape") return query.blur();
    if (event.target === query && event.key === "ArrowDown") { search(); go(0); }
    else if (isTyping) return;
    else if (step && reader.open && !isArrow) read(here + step); // arrows scroll the letter
    else if (step && !reader.open && (!isArrow || event.target.matches(".open"))) go(here < 0 ? 0 : here + step);
    else if (event.key === "/" && !reader.open) query.focus();
    else return;
    event.preventDefault();
  }

  query.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(search, 80); });
  query.addEventListener("keydown", event => { if (event.key === "Enter") { event.preventDefault(); search(); go(0); } });
  for (const input of [byShape, byVariant, byProblem]) input?.addEventListener("change", search);
  byId("tools").addEventListener("submit", event => event.preventDefault());
  byId("previous").addEventListener("click", () => read(here - 1));
  byId("next").addEventListener("click", () => read(here + 1));
  byId("close").addEventListener("click", () => reader.close());
  reader.addEventListener("close", () => go(here));
  reader.addEventListener("click", event => { if (event.target === reader) reader.close(); });
  document.addEventListener("keydown", key);
  byId("tools").hidden = false;
  search();
}

if ("DecompressionStream" in window && byId("rows")) {
  unpacked(byId("data").textContent).then(start);
}
