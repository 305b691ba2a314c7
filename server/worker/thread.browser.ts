import type { FromWorker, WorkerHandle } from './channel.ts';

/** Starts the analysis in a Web Worker; `address` is that of analysis.js and worker.browser.js as one script. */
export function startThread(address: string | undefined): WorkerHandle {
  if (address === undefined) throw new Error("The client has to say where the analysis worker's script is.");
  // A worker's own address must be of the same origin as its creator's; what it imports need not be.
  const stub = URL.createObjectURL(
    new Blob([`importScripts(${JSON.stringify(address)})`], { type: 'text/javascript' }),
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
