// Reads scripts as an old browser would: node read_scripts.mjs YEAR FILE..., one line a file, its name or what is wrong.
// Prints besides every name of a browser's own that a script looks up by a dot or by itself, as "FILE: name name ...".
import { parse } from "acorn";
import { readFileSync } from "node:fs";

const [year, ...files] = process.argv.slice(2);

function names(node, found) {
  if (!node || typeof node !== "object") return found;
  if (node.type === "MemberExpression" && !node.computed) found.add(node.property.name);
  if (node.type === "Identifier") found.add(node.name);
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) for (const each of value) names(each, found);
    else if (value && typeof value.type === "string") names(value, found);
  }
  return found;
}

for (const file of files) {
  try {
    const tree = parse(readFileSync(file, "utf8"), { ecmaVersion: Number(year), sourceType: "script" });
    console.log(JSON.stringify({ file, names: [...names(tree, new Set())].sort() }));
  } catch (error) {
    console.log(JSON.stringify({ file, error: error.message }));
  }
}
