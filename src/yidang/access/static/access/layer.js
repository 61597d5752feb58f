// One page's reading as an SVG that lies exactly over the picture: text to select, hits to see.
const SVG = "http://www.w3.org/2000/svg";

function element(name, attributes) {
  const node = document.createElementNS(SVG, name);
  for (const key of Object.keys(attributes)) node.setAttribute(key, attributes[key]);
  return node;
}

export function layer(lines, width, height) {
  const drawing = element("svg", { viewBox: `0 0 ${width} ${height}`, class: "text-layer", preserveAspectRatio: "none" });
  lines.forEach((line, index) => {
    const box = scaled(line.box, width, height);
    drawing.append(element("rect", Object.assign({ class: "line-box", "data-line": index }, box)));
    const text = line.parts.map(([words]) => words).join("");
    for (const [from, to] of hits(line.parts)) {
      drawing.append(element("rect", Object.assign({ class: "hit-box" }, part(text, box, from, to))));
    }
    drawing.append(words(text, box));
  });
  return drawing;
}

function hits(parts) {
  const found = [];
  let place = 0;
  for (const [text, isMatch] of parts) {
    if (isMatch) found.push([place, place + text.length]);
    place += text.length;
  }
  return found;
}

function scaled(box, width, height) {
  const [x0, y0, x1, y1] = box;
  return { x: x0 * width, y: y0 * height, width: (x1 - x0) * width, height: (y1 - y0) * height };
}

function words(text, box) {
  const node = element("text", {
    x: box.x,
    y: box.y + box.height * 0.82,
    "font-size": box.height * 0.85,
    textLength: box.width,
    lengthAdjust: "spacingAndGlyphs",
  });
  node.textContent = text;
  return node;
}

// Where some characters stand within their line: a Chinese character is about twice as wide as a Latin letter.
function part(text, box, from, to) {
  const widths = Array.from(text, (letter) => (letter.charCodeAt(0) < 0x2e80 ? 0.55 : 1));
  const sum = (list) => list.reduce((total, width) => total + width, 0);
  const all = sum(widths) || 1;
  const start = sum(widths.slice(0, from)) / all;
  const share = sum(widths.slice(from, to)) / all;
  return { x: box.x + start * box.width, y: box.y, width: share * box.width, height: box.height };
}
