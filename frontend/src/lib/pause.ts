/** Waits so many milliseconds, or until the network is back. Throws AbortError when `signal` fires. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (done: () => void) => {
      window.clearTimeout(timer);
      window.removeEventListener("online", goOn);
      signal.removeEventListener("abort", stop);
      done();
    };
    const goOn = () => settle(resolve);
    const stop = () => settle(() => reject(new DOMException("Nobody waits any more.", "AbortError")));
    const timer = window.setTimeout(goOn, milliseconds);
    window.addEventListener("online", goOn);
    signal.addEventListener("abort", stop);
    if (signal.aborted) stop();
  });
}
