// Brings a part of the conversation into sight. In the panel only the panel scrolls, never the page around it.

export class Scroll {
  constructor({ root, isPage }) {
    this.box = root.getElementById("praat");
    this.dock = root.querySelector(".dock");
    this.isPage = isPage;
    if (isPage && typeof ResizeObserver === "function") {
      new ResizeObserver(() => this.clear()).observe(this.dock);
    }
  }

  // What gets the focus is never left behind the dock.
  clear() {
    const isOver = getComputedStyle(this.dock).position === "sticky";
    document.documentElement.style.scrollPaddingBottom = `${isOver ? this.dock.offsetHeight + 12 : 12}px`;
  }

  get position() {
    return this.isPage ? scrollY : this.box.scrollTop;
  }

  // The beginning of a reply at the top.
  toStart(node) {
    this.goToStart(node);
    this.left = this.position;
  }

  // The reply grew below its beginning: once more, unless the person has scrolled in the meantime.
  settle(node) {
    if (this.position === this.left) {
      this.toStart(node);
    }
  }

  goToStart(node) {
    if (this.isPage) {
      node.scrollIntoView({ block: "start" });
    } else {
      this.box.scrollTop += node.getBoundingClientRect().top - this.box.getBoundingClientRect().top - 8;
    }
  }

  // Whole in sight, to the end of `last`, or the beginning when that is too high, with as little movement as can be;
  // above the dock, which lies over the end of our own page.
  near(node, last = node) {
    if (this.isPage) {
      this.clear();
      last.scrollIntoView({ block: "nearest" });
      node.scrollIntoView({ block: "nearest" });
    } else {
      const [{ top }, { bottom }, around] = [node, last, this.box].map((one) => one.getBoundingClientRect());
      this.box.scrollTop += Math.max(0, Math.min(bottom - around.bottom + 12, top - around.top - 8));
    }
  }
}
