export const pageSize = 100;

/** Reads the rows from an offset on and hears their changes, until it is stopped. */
export type ReadPage = (offset: number) => () => void;

export type PageReader = {
  /** Rows from first to last are in view: their pages and one on each side are read, all others are let go. */
  show: (first: number, last: number) => void;
  /** What is shown may be outdated: reads every page that is in use again. */
  again: () => void;
  stop: () => void;
};

/** Keeps exactly the pages around the view in use, so that a list of 100,000 rows costs no more than one of 300. */
export function createPageReader(read: ReadPage): PageReader {
  const inUse = new Map<number, () => void>();
  const open = (page: number) => inUse.set(page, read(page * pageSize));
  const close = (page: number) => {
    inUse.get(page)?.();
    inUse.delete(page);
  };
  return {
    show(first, last) {
      const from = Math.max(0, Math.floor(first / pageSize) - 1);
      const to = Math.floor(last / pageSize) + 1;
      for (const page of inUse.keys()) if (page < from || page > to) close(page);
      for (let page = from; page <= to; page++) if (!inUse.has(page)) open(page);
    },
    again() {
      for (const page of [...inUse.keys()]) {
        close(page);
        open(page);
      }
    },
    stop() {
      for (const page of [...inUse.keys()]) close(page);
    },
  };
}
