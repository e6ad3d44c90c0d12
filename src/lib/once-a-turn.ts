/** Runs `work` at the end of the turn of the event loop in which the answer is called, once however often it is called in it. */
export function onceATurn(work: () => void): () => void {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    setImmediate(() => {
      isDue = false;
      work();
    });
  };
}
