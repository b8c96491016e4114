// A reporter: what did not run is one line, which scripts/test finds in ctest's log.
import type { TestCase } from 'vitest/node';

export default class NotRun {
  onTestCaseResult(test: TestCase): void {
    if (test.result().state === 'skipped') console.log(`not run: ${test.module.relativeModuleId} > ${test.fullName}`);
  }
}
