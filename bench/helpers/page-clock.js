/** Measures within the page, by its own clock; put into each page before its own scripts. Milliseconds all. */
globalThis.pageClock = {
  /** From the end of the next stroke until a canvas has drawn so many times, and what the request in between took. */
  watchStroke(drawing) {
    performance.clearResourceTimings();
    let endedAt = 0;
    addEventListener('pointerup', () => (endedAt = performance.now()), { once: true, capture: true });
    this.measured = new Promise((done) => {
      new MutationObserver((_, observer) => {
        if (document.querySelector(`canvas[data-drawn="${drawing}"]`) === null) return;
        observer.disconnect();
        const drawn = performance.now() - endedAt;
        const sent = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/cutout/preview'));
        done({ drawn, asked: sent.at(-1)?.duration ?? 0 });
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

  /** Between frames, while the page is scrolled by so many pixels in each. */
  async measureFrames(count, pxPerFrame) {
    return await new Promise((done) => {
      const frames = [];
      let last = performance.now();
      const look = (now) => {
        frames.push(now - last);
        last = now;
        if (pxPerFrame > 0) scrollBy(0, pxPerFrame);
        if (frames.length > count) done(frames.slice(1));
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
  },
};
