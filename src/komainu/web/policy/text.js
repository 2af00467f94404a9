// A policy's document as Markdown: the same bytes as text.py, which explains it.

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const LINE = "＿".repeat(24);
const CUT = "✂ ┄┄┄┄ # ┄┄┄┄";

/** The document as Markdown, ending in one line break. */
export function markdown(document) {
  const parts = document.blocks.flatMap((block) => MARKDOWN[block.k](block, document));
  if (titleOnTop(document)) parts.unshift(`# ${inline(document.title)}`);
  return `${parts.filter(Boolean).join("\n\n")}\n`;
}

/** Whether the title stands first; a letter has it among its blocks. */
export const titleOnTop = (document) => document.blocks.every((block) => block.k !== "title");

/** Runs as one line of Markdown. */
export function inline(runs) {
  let text = "";
  for (let at = 0, end = 0; at < runs.length; at = end) {
    const sign = signOf(runs[at]);
    while (end < runs.length && signOf(runs[end]) === sign) end += 1;
    text += SIGNS[sign][0] + runs.slice(at, end).map(ruby).join("") + SIGNS[sign][1];
  }
  return text.replace(/^(\d+)([.)])|^([-+=:])/u, (all, number, sign, mark) => (number ? `${number}\\${sign}` : `\\${mark}`));
}

const SIGNS = { b: ["**", "**"], ins: ["<ins>", "</ins>"], del: ["~~", "~~"], "": ["", ""] };
const signOf = (run) => ["ins", "del", "b"].find((name) => name in run) ?? "";

export const marked = (text) => text.replace(/[&<>]/gu, (sign) => ENTITIES[sign]).replace(/[\\`*_[\]|~#]/gu, (sign) => `\\${sign}`);

function ruby(run) {
  const base = marked(run.t);
  return "r" in run ? `<ruby>${base}<rp>（</rp><rt>${marked(run.r)}</rt><rp>）</rp></ruby>` : base;
}

function items(list, mark) {
  return list.flatMap((item, place) => {
    const lead = mark.replaceAll("#", String(place + 1));
    return [`${lead} ${inline(item.runs)}`, ...item.items.map((one) => `${" ".repeat(lead.length + 1)}- ${inline(one.runs)}`)];
  }).join("\n");
}

function table(head, rows) {
  const lines = [head, ...rows].map((row) => row.map(inline));
  lines.splice(1, 0, head.map(() => "---"));
  return lines.map((line) => `| ${line.join(" | ")} |`).join("\n");
}

function clause(block, document) {
  const title = inline(block.title);
  const rules = document.form === "rules";
  const heading = rules && document.lang === "ja" ? `### ${block.label}（${title}）` : `### ${block.label} ${title}`;
  if (!rules) return [heading, items(block.paras, "-")];
  return [heading, ...block.paras.flatMap((para) => [
    para.label ? `${para.label}　${inline(para.runs)}` : inline(para.runs),
    para.items.map((item) => `- ${item.label} ${inline(item.runs)}`).join("\n"),
  ])];
}

const MARKDOWN = {
  sub: (block) => [`### ${inline(block.runs)}`],
  title: (block) => [`# ${inline(block.runs)}`],
  h: (block) => [`## ${block.label ?? ""}${inline(block.runs)}`],
  p: (block) => [inline(block.runs)],
  right: (block) => [inline(block.runs)],
  fill: (block) => [`${inline(block.runs)} ${LINE}`],
  cut: (block) => [CUT.replaceAll("#", inline(block.runs))],
  list: (block) => [items(block.items, "-")],
  steps: (block) => [items(block.items, "#.")],
  tick: (block) => [items(block.items, "- [ ]")],
  table: (block) => [table(block.head, block.rows)],
  write: (block) => Array(block.n).fill(LINE),
  page: () => ["---"],
  clause,
  posters: (block) => [block.items.map((one) => `- ${inline(one)}`).join("\n")],
  labels: (block) => block.items.map((one) => `**${inline(one.title)}**\n\n${inline(one.runs)}`),
};
