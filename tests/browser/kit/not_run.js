// A reporter beside the one for people: what did not run is one line, which scripts/test finds in ctest's log. Where
// everything else passed, the exit code is the one that ctest shows as Skipped (cmake/OmzienTargets.cmake).
const kNotRun = 77;

export default async function* not_run(events) {
  let [failed, skipped] = [false, false];
  for await (const { type, data } of events) {
    if (type === 'test:fail') failed = true;
    if (type !== 'test:pass' || data.skip === undefined || data.skip === false) continue;
    skipped = true;
    yield `not run: ${data.name}: ${typeof data.skip === 'string' ? data.skip : 'something it needs is not here'}\n`;
  }
  if (skipped && !failed) process.exitCode = kNotRun;
}
