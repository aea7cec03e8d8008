// Files that are dropped on a page, wherever: else the browser would open them, in place of the page.

/** Take what is dropped where nothing else takes it. @param {(files: File[]) => void} take */
export function takeDroppedFiles(take) {
  for (const kind of ["dragover", "drop"]) {
    document.addEventListener(kind, (event) => {
      const { dataTransfer, defaultPrevented, type } = /** @type {DragEvent} */ (event);
      if (defaultPrevented || !dataTransfer?.types.includes("Files")) return; // words go into fields, as ever
      event.preventDefault();
      if (type === "drop") take([...dataTransfer.files]);
    });
  }
}
