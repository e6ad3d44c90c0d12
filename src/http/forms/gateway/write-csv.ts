/** What a spreadsheet takes for the beginning of a formula, at the start of a cell, also where it splits cells by `;`. */
const formulaStart = /(^|[;,\t\r\n|])(\s*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/g;

/**
 * One line of RFC 4180. Texts stand in quotes, and one that a spreadsheet would run as a formula has an apostrophe before it;
 * numbers stand bare, null is an empty cell.
 */
export function writeCsvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(writeCell).join(',')}\r\n`;
}

function writeCell(cell: string | number | null): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  return `"${cell.replace(formulaStart, "$1$2'").replaceAll('"', '""')}"`;
}
