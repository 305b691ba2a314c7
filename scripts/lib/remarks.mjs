// @ts-check
// A reporter for vitest: writes a line for each test that failed, and for each that passed only when it was run
// again, to the file GRADLENS_REMARKS. They are told again at the end, where a long log is read.
import fs from 'node:fs';

const firstLines = (/** @type {string} */ text) => text.split('\n').slice(0, 6).join('\n        ');

export default class Remarks {
  /** @param {readonly import('vitest/node').TestModule[]} modules */
  onTestRunEnd(modules) {
    const lines = modules.flatMap((module) => {
      const where = module.relativeModuleId;
      const broken = module.errors().map(({ message }) => `FAILED  ${where}\n        ${firstLines(message)}`);
      const remarked = [...module.children.allTests()].flatMap((test) => {
        const messages = (test.result().errors ?? []).map(({ message }) => message).join('\n');
        const line = `${where} > ${test.fullName}\n        ${firstLines(messages)}`;
        if (test.result().state === 'failed') return [`FAILED  ${line}`];
        return test.diagnostic()?.flaky ? [`PASSED ONLY WHEN RUN AGAIN  ${line}`] : [];
      });
      return [...broken, ...remarked];
    });
    const file = process.env['GRADLENS_REMARKS'];
    if (file !== undefined) fs.writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
  }
}
