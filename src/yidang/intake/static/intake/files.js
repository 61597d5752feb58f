// Every file of what was dropped or chosen, folders walked, each with its path inside the drop.
export async function dropped(transfer) {
  const entries = Array.from(transfer.items)
    .map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry())
    .filter(Boolean);
  if (!entries.length) return chosen(transfer.files);
  const lists = await Promise.all(entries.map((entry) => walk(entry, "")));
  return sorted([].concat(...lists));
}

export function chosen(files) {
  return sorted(Array.from(files).map((file) => ({ file, path: file.webkitRelativePath || file.name })));
}

async function walk(entry, parent) {
  const path = parent ? `${parent}/${entry.name}` : entry.name;
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    return [{ file, path }];
  }
  const children = await readAll(entry.createReader());
  const lists = await Promise.all(children.map((child) => walk(child, path)));
  return [].concat(...lists);
}

// A directory reader hands out at most a hundred entries at a time.
async function readAll(reader) {
  const all = [];
  for (;;) {
    const batch = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!batch.length) return all;
    all.push(...batch);
  }
}

// Page 2 before page 10, as a person would lay the sheets.
const order = new Intl.Collator("zh-Hans-CN", { numeric: true });

function sorted(files) {
  return files.sort((a, b) => order.compare(a.path, b.path));
}
