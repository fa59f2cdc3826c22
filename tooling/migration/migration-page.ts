/**
 * What of a migration page can be run: its programs, and the rows of its tables.
 *
 * A table that is run has the line `<!-- rows: kind -->` above it and three columns: what the row is about, the old
 * client's code and ours, each in backticks, a `|` in it with a backslash before.
 */

export interface PageRow {
  readonly kind: string;
  readonly what: string;
  readonly theirs: string;
  readonly ours: string;
}

const MARK = /^<!-- rows: ([\w-]+) -->$/;

/** Throws for a row of a marked table that is not of that form. */
export function rowsOf(page: string): PageRow[] {
  const rows: PageRow[] = [];
  let kind: string | undefined;
  let lineInTable = 0;
  for (const line of page.split('\n')) {
    const mark = MARK.exec(line);
    if (mark !== null) {
      kind = mark[1];
      lineInTable = 0;
    } else if (line.startsWith('|') && kind !== undefined) {
      if (++lineInTable > 2) rows.push(rowOf(line, kind)); // behind the heading and the rule below it
    } else if (lineInTable > 0) {
      kind = undefined;
      lineInTable = 0;
    }
  }
  return rows;
}

function rowOf(line: string, kind: string): PageRow {
  const match = /^\| (.+?) +\| `(.+?)` *(?<!\\)\| `(.+)` *\|$/.exec(line);
  if (match === null) throw new Error(`a row of the page cannot be run: ${line}`);
  const [, what, theirs, ours] = match.map((text) => text.replaceAll('\\|', '|')) as [
    string,
    string,
    string,
    string,
  ];
  return { kind, what, theirs, ours };
}

/** The JavaScript programs of the page, in order. */
export function programsOf(page: string): string[] {
  return [...page.matchAll(/^```js\n(.*?)^```$/gms)].map(([, code]) => code!);
}
