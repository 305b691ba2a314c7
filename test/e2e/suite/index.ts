// Runs inside VS Code's extension host: every *.test.ts beside this file, by Mocha.
import fs from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';

/** Called by VS Code; rejects if a test fails. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, color: false });
  for (const file of fs.readdirSync(__dirname))
    if (file.endsWith('.test.cjs')) mocha.addFile(path.join(__dirname, file));
  const count = { passed: 0, failed: 0 };
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on('pass', () => count.passed++);
    runner.on('fail', () => count.failed++);
  });
  const report = process.env['GRADLENS_TEST_REPORT'];
  if (report !== undefined) fs.writeFileSync(report, JSON.stringify(count));
  if (failures > 0) throw new Error(`${failures} failed`);
  if (count.passed === 0) throw new Error('no tests were found');
}
