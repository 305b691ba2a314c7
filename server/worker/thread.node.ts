import { Worker } from 'node:worker_threads';
import type { FromWorker, WorkerHandle } from './channel.ts';

/** Deep recursion of the user's becomes recursion of ours. Reserved, not used, until it is needed. */
const STACK_MB = 256;
/** A runaway's memory ends the thread, not the process. */
const HEAP_MB = 1536;

/** Starts the analysis in a thread of this process. All bundles lie in one folder. */
export function startThread(): WorkerHandle {
  const worker = new Worker(new URL('./worker.node.js', import.meta.url), {
    resourceLimits: { stackSizeMb: STACK_MB, maxOldGenerationSizeMb: HEAP_MB },
    stdout: false,
    stderr: false,
  });
  let ended = false;
  let onMessage: (message: FromWorker) => void = () => {};
  let onExit: (reason: string) => void = () => {};
  const exit = (reason: string): void => {
    if (ended) return;
    ended = true;
    onExit(reason);
  };
  worker.on('error', (error: Error & { code?: string }) =>
    exit(
      error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'it used too much memory' : `it failed: ${error.message}`,
    ),
  );
  worker.on('message', (message: FromWorker) => onMessage(message));
  worker.on('exit', (code) => exit(`it ended with code ${code}`));
  return {
    post: (message) => worker.postMessage(message),
    onMessage(handler) {
      onMessage = handler;
    },
    // Of the whole process; its other threads have next to nothing to do.
    busy() {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000;
    },
    onExit(handler) {
      onExit = handler;
    },
    terminate() {
      ended = true;
      void worker.terminate();
    },
  };
}
