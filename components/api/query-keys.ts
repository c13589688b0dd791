/** The names under which react-query keeps what the API said. The socket's listeners write to the same names. */
export const queryKeys = {
  runs: ["runs"],
  run: (id: string) => ["run", id],
  metrics: (id: string) => ["run", id, "metrics"],
  samples: (id: string) => ["run", id, "samples"],
  queue: ["queue"],
  log: (id: string) => ["run", id, "log"],
  datasets: ["datasets"],
  datasetRows: (name: string) => ["datasets", name, "rows"],
  models: ["models"],
  model: (path: string) => ["models", "inspect", path],
  engines: ["engines"],
  machine: ["machine"],
  settings: ["settings"],
  gpu: ["gpu"],
  forecast: (request: unknown) => ["forecast", request],
  chatTargets: ["chat", "targets"],
} as const;
