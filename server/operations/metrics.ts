import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** What the alerts of the guide look at. */
const gauges = {
  backup_age_seconds: 'Since the last scheduled backup; NaN when none are scheduled',
  retention_age_seconds: 'Since the last removal of what is older than its period',
  disk_free_bytes: 'Free on the disk of the database',
  database_bytes: 'Of the database and its log',
} as const;
/** What is read when it is asked for; null: not known. */
export type Gauges = Record<keyof typeof gauges, number | null>;

export interface Metrics {
  contentType: string;
  text(values: Gauges): Promise<string>;
}

/** The process and our own numbers, as Prometheus reads them. `counted` counts since the start of the process. */
export function metricsOf(counted: { changes: number; errors: number }): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const asked = Object.entries(gauges).map(([name, help]) => ({
    name: name as keyof Gauges,
    gauge: new Gauge({ name: `klantpuls_${name}`, help, registers: [registry] }),
  }));
  const counter = (name: string, help: string, count: () => number) =>
    new Counter({
      ...{ name, help, registers: [registry] },
      collect() {
        this.reset();
        this.inc(count());
      },
    });
  counter(
    'klantpuls_changes_total',
    'Commits that moved a figure, by this or another process',
    () => counted.changes,
  );
  counter('klantpuls_errors_total', 'Failures on our side', () => counted.errors);
  return {
    contentType: registry.contentType,
    text(values) {
      for (const { name, gauge } of asked) gauge.set(values[name] ?? Number.NaN);
      return registry.metrics();
    },
  };
}
