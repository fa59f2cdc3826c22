/**
 * Progress of a long command on standard error: a bar on a terminal, JSON lines with `--json`, nothing when the
 * output is a file or a pipe. The bar's library is loaded only when a bar is drawn.
 */
import type { Output } from './output.ts';

export interface Progress {
  /** `done` and `total` are in the same unit, bytes or records. */
  update(done: number, records: number): void;
  stop(): void;
}

const silent: Progress = { update: () => undefined, stop: () => undefined };
const JSON_INTERVAL_MS = 1000;

export async function startProgress(
  output: Output,
  o: { label: string; total: number | undefined },
): Promise<Progress> {
  if (output.json) return jsonProgress(output, o);
  if (output.stderr.isTTY !== true) return silent;
  const { default: cliProgress } = await import('cli-progress');
  const format =
    o.total === undefined
      ? `${o.label}  {records} records  {duration_formatted}`
      : `${o.label} [{bar}] {percentage}%  {records} records  ETA {eta_formatted}`;
  const bar = new cliProgress.SingleBar(
    { format, stream: output.stderr as NodeJS.WriteStream, hideCursor: true, fps: 5, etaBuffer: 50 },
    cliProgress.Presets.legacy,
  );
  bar.start(o.total ?? 1, 0, { records: 0 });
  return {
    update: (done, records) => bar.update(o.total === undefined ? 0 : done, { records }),
    stop: () => bar.stop(),
  };
}

function jsonProgress(output: Output, o: { label: string; total: number | undefined }): Progress {
  let lastMs = performance.now();
  return {
    update(done, records) {
      const nowMs = performance.now();
      if (nowMs - lastMs < JSON_INTERVAL_MS) return;
      lastMs = nowMs;
      const line = { event: 'progress', what: o.label, done, total: o.total ?? null, records };
      output.stderr.write(`${JSON.stringify(line)}\n`);
    },
    stop: () => undefined,
  };
}
