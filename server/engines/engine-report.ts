/**
 * What `tuneboard env` says about LLaMA-Factory: the same look that the console takes, one fact a line. It knows no
 * console and no database, so a path set in the console's settings has to be named.
 */
import { findProgram, inspectProgram, missingStatus } from "./llamafactory-program";

/** @param setting a program or a virtual environment; null for the one on PATH */
export async function llamaFactoryReport(setting: string | null): Promise<string> {
  const program = findProgram(setting);
  const status = program === null ? missingStatus(setting) : (await inspectProgram(program)).status;
  return [
    `- LLaMA-Factory: ${status.available ? `${status.version}, ready` : (status.troubles[0]?.message ?? status.reason)}`,
    ...(status.program === null ? [] : [`- LLaMA-Factory program: ${status.program}`]),
    ...status.facts.map(
      ({ name, value }) => `- LLaMA-Factory ${name.replace(/^llamafactory /, "")}: ${value}`,
    ),
    ...(status.devices.length > 0 ? [`- LLaMA-Factory devices: ${status.devices.join("; ")}`] : []),
    ...status.troubles.flatMap(({ message, mend }) => [
      ...(status.available ? [`- LLaMA-Factory lacks: ${message}`] : []),
      ...(mend === null ? [] : [`- To mend it: ${mend}`]),
    ]),
  ].join("\n");
}
