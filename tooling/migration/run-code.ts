/** Runs code of a page with the names that it uses. */

type Names = Readonly<Record<string, unknown>>;

// The constructor of async functions is not a global.
const AsyncFunction = (async () => undefined).constructor as new (
  ...args: string[]
) => (...values: unknown[]) => Promise<unknown>;

/** A value of an expression, undefined of statements. */
export function runCode(code: string, names: Names): Promise<unknown> {
  const body = isStatements(code) ? code : `return (${code});`;
  return new AsyncFunction(...Object.keys(names), body)(...Object.values(names));
}

function isStatements(code: string): boolean {
  try {
    new AsyncFunction(`return (${code});`);
    return false;
  } catch {
    return true;
  }
}

/** The properties of an object literal without its braces. */
export async function runOptions(fragment: string, names: Names): Promise<object> {
  return (await runCode(`{ ${fragment} }`, names)) as object;
}

/** A program with static imports, whose lines on the console come back. */
export async function runProgram(program: string, names: Names): Promise<unknown[][]> {
  const lines: unknown[][] = [];
  const body = program.replaceAll(/^import .*$/gm, '');
  const console = { log: (...values: unknown[]) => void lines.push(values) };
  await new AsyncFunction('console', ...Object.keys(names), body)(console, ...Object.values(names));
  return lines;
}
