/**
 * Circles between the parts of a tree, each as a sorted list of parts. A folder without subfolders is one part. In a folder with
 * subfolders each of its own files is a part: so `schema.ts`, which the subfolders share, and `index.ts`, which joins
 * them, don't make a circle of every room, and a subfolder that reaches back into what joins it is one.
 *
 * `edges`: [from, to] paths of files, such as 'src/http/app.ts'.
 */
export function findFolderCircles(edges) {
  const branching = new Set(edges.flat().flatMap((file) => listAbove(folderOf(file))));
  const partOf = (file) => (branching.has(folderOf(file)) ? file : folderOf(file));
  const graph = new Map();
  for (const [from, to] of edges) {
    if (partOf(from) === partOf(to)) continue;
    if (!graph.has(partOf(from))) graph.set(partOf(from), new Set());
    graph.get(partOf(from)).add(partOf(to));
  }
  return findCircles(graph);
}

const folderOf = (file) => file.slice(0, file.lastIndexOf('/'));

/** The folders that a folder lies in. */
function listAbove(folder) {
  const names = folder.split('/');
  return names.slice(1).map((_, index) => names.slice(0, index + 1).join('/'));
}

/** Strongly connected components of more than one node (R. Tarjan, 1972). */
function findCircles(graph) {
  const numbers = new Map();
  const lowest = new Map();
  const stack = [];
  const circles = [];
  const visit = (node) => {
    numbers.set(node, numbers.size);
    lowest.set(node, numbers.get(node));
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!numbers.has(next)) visit(next);
      if (stack.includes(next)) lowest.set(node, Math.min(lowest.get(node), lowest.get(next)));
    }
    if (lowest.get(node) !== numbers.get(node)) return;
    const circle = stack.splice(stack.indexOf(node));
    if (circle.length > 1) circles.push(circle.sort());
  };
  for (const node of graph.keys()) if (!numbers.has(node)) visit(node);
  return circles;
}
