// Reads a PDF from standard input with pdf.js (Firefox's reader) and prints its text, lines as pdf.js ends them.
import { readFileSync } from "node:fs";
import { getDocument, VerbosityLevel } from "pdfjs-dist/legacy/build/pdf.mjs";

const file = await getDocument({ data: new Uint8Array(readFileSync(0)), verbosity: VerbosityLevel.ERRORS }).promise;
const pages = [];
for (let number = 1; number <= file.numPages; number += 1) {
  const { items } = await (await file.getPage(number)).getTextContent();
  pages.push(items.map((item) => item.str + (item.hasEOL ? "\n" : "")).join(""));
}
console.log(JSON.stringify(pages.join("\n")));
