/**
 * The metrics of a broker as a Prometheus page. prom-client is loaded on the first page, never at start; it adds
 * the metrics of the process (event-loop delay, heap, collections), once per broker that is asked.
 */
import type { Registry } from 'prom-client';
import { Histogram, LATENCY_BUCKETS_SECONDS } from './metrics.ts';
import type { BrokerMetrics, MetricDefinition, MetricSample } from './metrics.ts';

/** What the HTTP listener serves under `/metrics`. */
export interface MetricsPage {
  /** The value of the Content-Type header. */
  readonly contentType: string;
  render(): Promise<string>;
}

interface PrometheusValue {
  readonly metricName: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** One metric in the shape in which prom-client's registry reads metrics. */
interface ReadableMetric {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly aggregator: 'sum';
  get(): Promise<ReadableMetric & { readonly values: readonly PrometheusValue[] }>;
}

/** The page of a broker's metrics; renders them anew on every call. */
export function createMetricsPage(metrics: BrokerMetrics): MetricsPage {
  let registry: Promise<Registry> | undefined;
  return {
    contentType: 'text/plain; version=0.0.4; charset=utf-8',
    async render() {
      registry ??= openRegistry(metrics);
      return await (await registry).metrics();
    },
  };
}

async function openRegistry(metrics: BrokerMetrics): Promise<Registry> {
  const { collectDefaultMetrics, Registry } = await import('prom-client');
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const definition of metrics.definitions()) {
    const metric = readable(definition);
    registry.registerMetric(metric as unknown as Parameters<Registry['registerMetric']>[0]);
  }
  return registry;
}

function readable(definition: MetricDefinition): ReadableMetric {
  const { name, help, type } = definition;
  const metric: ReadableMetric = {
    name,
    help,
    type,
    aggregator: 'sum',
    get: () =>
      Promise.resolve({
        ...metric,
        values: definition.read().flatMap((sample) => valuesOf(name, sample)),
      }),
  };
  return metric;
}

function valuesOf(name: string, { labels, value }: MetricSample): PrometheusValue[] {
  if (!(value instanceof Histogram)) return [{ metricName: name, labels, value }];
  let below = 0;
  const buckets = LATENCY_BUCKETS_SECONDS.map((bound, index) => {
    below += value.counts[index] as number;
    return { metricName: `${name}_bucket`, labels: { ...labels, le: String(bound) }, value: below };
  });
  return [
    ...buckets,
    { metricName: `${name}_bucket`, labels: { ...labels, le: '+Inf' }, value: value.count },
    { metricName: `${name}_sum`, labels, value: value.sumSeconds },
    { metricName: `${name}_count`, labels, value: value.count },
  ];
}
