// Solves one LP file with HiGHS: node highs.mjs MODEL SECONDS. Prints the status and the value; without a model it only
// shows by its exit code that HiGHS is there.
import { readFileSync } from "node:fs";
import loadHighs from "highs";

const [model, seconds] = process.argv.slice(2);
const highs = await loadHighs();
if (model) {
  const answer = highs.solve(readFileSync(model, "utf8"), {
    output_flag: false, threads: 1, time_limit: Number(seconds), mip_rel_gap: 0, mip_abs_gap: 0,
  });
  console.log(answer.Status, answer.ObjectiveValue);
}
