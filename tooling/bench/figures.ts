/** A measured figure, its reference from the same run, and how both are printed. */

export interface Figure {
  /** What was measured, in words. */
  readonly what: string;
  readonly value: number;
  /** The unit of `value`: `M records/s`, `GB/s`, `µs`, … */
  readonly unit: string;
  /** The target of the same unit, and whether more or less is better. */
  readonly target?: { readonly value: number; readonly better: 'more' | 'less' };
  /** Measured in the same run with as little of Tidelog as possible. */
  readonly reference?: { readonly what: string; readonly value: number };
  readonly note?: string;
}

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** The value below which `percent` of the values lie; NaN of nothing. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? NaN;
}

export function format(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en-US');
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** Figures as a Markdown table. */
export function markdown(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { reference, target } = figure;
    const met =
      target === undefined
        ? ''
        : (target.better === 'more' ? figure.value >= target.value : figure.value <= target.value)
          ? 'yes'
          : 'no';
    const goal =
      target === undefined
        ? '–'
        : `${target.better === 'more' ? '≥' : '≤'} ${format(target.value)} ${figure.unit}`;
    const beside =
      reference === undefined
        ? '–'
        : `${format(reference.value)} ${figure.unit} (${reference.what}); ratio ${format(figure.value / reference.value)}`;
    return `| ${figure.what} | ${format(figure.value)} ${figure.unit} | ${goal} | ${met} | ${beside} | ${figure.note ?? ''} |`;
  });
  return [
    '| what | measured | target | met | reference in this run | note |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}
