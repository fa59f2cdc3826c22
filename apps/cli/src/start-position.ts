/** Where a consumer begins in each partition, as `--offset` and `--from-beginning` say it. */
export type StartPosition =
  | { readonly kind: 'beginning' }
  | { readonly kind: 'end' }
  | { readonly kind: 'offset'; readonly offset: number }
  /** The last `recordCount` offsets before the end, or all when there are fewer. */
  | { readonly kind: 'last'; readonly recordCount: number }
  | { readonly kind: 'timestamp'; readonly timestampMs: number };
