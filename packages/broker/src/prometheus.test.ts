import { expect, test } from 'vitest';
import { BrokerMetrics } from './metrics.ts';
import { createMetricsPage } from './prometheus.ts';

test('the page holds counters, gauges with labels, cumulative histogram buckets and the process metrics', async () => {
  const metrics = new BrokerMetrics();
  const listener = metrics.listener('native');
  listener.openConnections = 2;
  listener.receivedBytesTotal = 77;
  metrics.producedBytesTotal = 12;
  metrics.requests.produce.latency.observeMs(0.2);
  metrics.requests.produce.latency.observeMs(3);
  metrics.requests.fetch.errors.set('INVALID_REQUEST', 3);

  const page = await createMetricsPage(metrics).render();

  expect(page).toContain('tidelog_connections{listener="native"} 2');
  expect(page).toContain('tidelog_received_bytes_total{listener="native"} 77');
  expect(page).toContain('tidelog_produced_bytes_total 12');
  expect(page).toContain('tidelog_request_duration_seconds_bucket{request="produce",le="0.00025"} 1');
  expect(page).toContain('tidelog_request_duration_seconds_bucket{request="produce",le="0.005"} 2');
  expect(page).toContain('tidelog_request_duration_seconds_bucket{request="produce",le="+Inf"} 2');
  expect(page).toContain('tidelog_request_duration_seconds_count{request="produce"} 2');
  expect(page).toContain('tidelog_request_errors_total{request="fetch",code="INVALID_REQUEST"} 3');
  expect(page).toContain('nodejs_eventloop_lag_seconds');
});

test('two brokers in one process have pages of their own', async () => {
  const [one, two] = [new BrokerMetrics(), new BrokerMetrics()];
  one.producedBytesTotal = 1;
  two.producedBytesTotal = 2;
  const pages = [await createMetricsPage(one).render(), await createMetricsPage(two).render()];
  expect(pages[0]).toContain('tidelog_produced_bytes_total 1');
  expect(pages[1]).toContain('tidelog_produced_bytes_total 2');
});

test('a metric name that is taken is refused', () => {
  const metrics = new BrokerMetrics();
  expect(() => metrics.gauge('tidelog_connections', 'again', () => 0)).toThrow('defined twice');
});
