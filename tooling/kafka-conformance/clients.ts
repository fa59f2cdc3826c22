/**
 * The clients of the suite, one column of the table each: how their drivers are started and what they need.
 */
import { fileURLToPath } from 'node:url';

export interface Client {
  /** The name of its column and of its verdicts. */
  readonly name: string;
  /** Starts its driver. */
  readonly command: readonly string[];
  /** Debian packages without which it cannot be run, as tooling/system-packages.js lists them. */
  readonly systemPackages: readonly string[];
  /** What a user of the client has to know, below the table. */
  readonly note?: string;
}

const driver = (name: string): string => fileURLToPath(new URL(`drivers/${name}`, import.meta.url));
const node = (name: string): string[] => [process.execPath, '--conditions=@tidelog/source', driver(name)];
/** Debian's: the packages are its, whatever other Python comes first in the path. */
const python = (name: string): string[] => ['/usr/bin/python3', driver(name)];

const PARTITIONER =
  'its default partitioner puts keys elsewhere than the Java client and Tidelog do; set `partitioner=murmur2_random`, as the suite does';

export const CLIENTS: readonly Client[] = [
  {
    name: 'kafkajs',
    command: node('kafkajs.ts'),
    systemPackages: [],
    note: 'has gzip in the box; the suite plugs snappy, lz4 and zstd into it',
  },
  {
    name: '@platformatic/kafka',
    command: node('platformatic.ts'),
    systemPackages: [],
    note: 'its default partitioner puts keys elsewhere than the Java client and Tidelog do; give it `partitioner: compatibilityPartitioner`, as the suite does',
  },
  { name: 'kcat', command: node('kcat.ts'), systemPackages: ['kcat'], note: PARTITIONER },
  {
    name: 'confluent-kafka (Python)',
    command: python('confluent.py'),
    systemPackages: ['python3-confluent-kafka'],
    note: PARTITIONER,
  },
  {
    name: 'kafka-python',
    command: python('kafka_python.py'),
    systemPackages: ['python3-kafka', 'python3-snappy', 'python3-lz4', 'python3-zstandard'],
  },
];
