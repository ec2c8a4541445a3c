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
    document.documentElement.style.scrollPaddingBottom = `${this.dock.offsetHeight + 12}px`;
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

  // Whole in sight, with as little movement as can be; above the dock, which lies over the end of our own page.
  near(node) {
    if (this.isPage) {
      this.clear();
      node.scrollIntoView({ block: "nearest" });
    } else {
      const beyond = node.getBoundingClientRect().bottom - this.box.getBoundingClientRect().bottom + 12;
      this.box.scrollTop += Math.max(0, beyond);
    }
  }
}
