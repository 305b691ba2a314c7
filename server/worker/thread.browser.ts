import type { FromWorker, WorkerHandle } from './channel.ts';

/** Starts the analysis in a Web Worker; `address` is that of worker.browser.js. */
export function startThread(address: string | undefined): WorkerHandle {
  const url = address ?? new URL('./worker.browser.js', self.location.href).href;
  // A worker's own address must be of the same origin as its creator's; what it imports need not be.
  const stub = URL.createObjectURL(
    new Blob([`importScripts(${JSON.stringify(url)})`], { type: 'text/javascript' }),
  );
  const worker = new Worker(stub);
  return {
    post: (message) => worker.postMessage(message),
    onMessage(handler) {
      worker.onmessage = (event: MessageEvent<FromWorker>) => handler(event.data);
    },
    onExit(handler) {
      worker.onerror = (event) => {
        worker.terminate();
        handler(`it failed: ${event.message}`);
      };
    },
    terminate() {
      worker.terminate();
      URL.revokeObjectURL(stub);
    },
  };
}
