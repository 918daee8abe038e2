// Mocha's `spec` reporter that also writes what it counted, and what failed, to the file named by TEST_REPORT.
const { writeFileSync } = require('node:fs');
const { reporters, Runner } = require('mocha');

module.exports = class extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      const failed = this.failures.map((test) => ({ test: test.fullTitle(), message: test.err?.message ?? '' }));
      writeFileSync(
        process.env.TEST_REPORT,
        JSON.stringify({ passed: passes, failed: failures, skipped: pending, failures: failed }),
      );
    });
  }
};
