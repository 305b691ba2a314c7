// @ts-check
// Runs a program, and ends it with all its children when whoever started this goes, even if that was killed: then our
// standard input closes. To be started in a process group of its own.
import { spawn } from 'node:child_process';

const [command = '', ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
child.once('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
child.once('exit', (code) => process.exit(code ?? 1));
process.stdin.once('close', () => process.kill(0, 'SIGKILL'));
process.stdin.resume();
