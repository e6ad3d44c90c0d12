/** Measures within the page, by its own clock; put into each page before its own scripts. Milliseconds all. */
globalThis.pageClock = {
  /** From the end of the next stroke until what a canvas has drawn so many times is on the screen, and what the request in between took. */
  watchStroke(drawing) {
    performance.clearResourceTimings();
    let endedAt = 0;
    addEventListener('pointerup', () => (endedAt = performance.now()), { once: true, capture: true });
    this.measured = new Promise((done) => {
      new MutationObserver((_, observer) => {
        if (document.querySelector(`canvas[data-drawn="${drawing}"]`) === null) return;
        observer.disconnect();
        const sent = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/cutout/preview'));
        // What is drawn within a frame is on the screen after it.
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => done({ shown: performance.now() - endedAt, asked: sent.at(-1)?.duration ?? 0 });
          port2.postMessage(null);
        });
      }).observe(document, { attributeFilter: ['data-drawn'], subtree: true });
    });
  },

  /** From the next click until the page of this title stands there, with nothing still loading. */
  watchSwitch(title) {
    let clickedAt = 0;
    addEventListener('click', () => (clickedAt = performance.now()), { once: true, capture: true });
    const isWhole = () =>
      clickedAt > 0 &&
      document.querySelector('h1')?.textContent === title &&
      document.querySelector('.mantine-Skeleton-root, .mantine-Loader-root') === null;
    this.measured = new Promise((done) => {
      const look = () => (isWhole() ? done(performance.now() - clickedAt) : requestAnimationFrame(look));
      look();
    });
  },

  /** The time, since 1970, at which the row of this task says a word. */
  watchRow(taskId, word) {
    const row = document.querySelector(`a[href$="${taskId}"]`);
    this.measured = new Promise((done) => {
      const look = () => row.textContent.includes(word) && done(performance.timeOrigin + performance.now());
      new MutationObserver(look).observe(row, { subtree: true, childList: true, characterData: true });
      look();
    });
  },

  /** Between frames, while the page is scrolled by so many pixels in each, and the most nodes that it had. */
  async measureFrames(count, pxPerFrame) {
    return await new Promise((done) => {
      const frames = [];
      let nodesMax = 0;
      let last = performance.now();
      const look = (now) => {
        // The trace tells the processor time of this thread at each.
        performance.mark('frame');
        frames.push(now - last);
        last = now;
        if (pxPerFrame > 0) scrollBy(0, pxPerFrame);
        // A live list knows its length: to count costs the frame nothing.
        nodesMax = Math.max(nodesMax, document.getElementsByTagName('*').length);
        if (frames.length > count) done({ frames: frames.slice(1), nodesMax });
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
  },

  /** Pictures of the document that have come whole, and all of them. */
  countPictures() {
    const all = [...document.images];
    return { whole: all.filter(({ complete, naturalWidth }) => complete && naturalWidth > 0).length, all: all.length };
  },
};
