import type { TypedDocumentNode } from "@urql/core";
import { useCallback, useEffect, useRef, useState } from "react";
import { type CombinedError, useClient } from "urql";
import { createPageReader, type PageReader, pageSize } from "./pageReader";

export type Connection<Row> = { totalCount: number; nodes: readonly Row[] };

export type PagedRows<Row> = {
  /** How many rows there are on the server; undefined until its first answer. */
  count: number | undefined;
  rowAt: (index: number) => Row | undefined;
  show: (first: number, last: number) => void;
  /** The rows on the screen answer an older question; those of the new one are on their way. */
  busy: boolean;
  /** What the rows answer: changes when, after another search, other rows are shown. */
  question: string;
  error: CombinedError | undefined;
  readAgain: () => void;
};

type Question<Data, Variables, Row> = {
  document: TypedDocumentNode<Data, Variables>;
  variables: Omit<Variables, "offset">;
  connectionOf: (data: Data) => Connection<Row> | undefined;
};

type Known<Row> = { question: string; count: number | undefined; pages: ReadonlyMap<number, readonly Row[]> };

/** The rows of a big list, one query a page. The last answers stay on the screen while a new search is under way. */
export function usePagedRows<Data, Variables extends { offset: number }, Row>({
  document,
  variables,
  connectionOf,
}: Question<Data, Variables, Row>): PagedRows<Row> {
  const client = useClient();
  const question = JSON.stringify(variables);
  const [known, setKnown] = useState<Known<Row>>({ question, count: undefined, pages: new Map() });
  const [error, setError] = useState<CombinedError>();
  const reader = useRef<PageReader>(undefined);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the question says all that variables and connectionOf depend on
  useEffect(() => {
    const opened = createPageReader((offset) => {
      const page = { ...variables, offset } as Variables;
      const answers = client.query(document, page, { requestPolicy: "cache-and-network" });
      const { unsubscribe } = answers.subscribe(({ data, error: fault }) => {
        setError(fault);
        const connection = data && connectionOf(data);
        if (connection) setKnown((before) => withPage(before, question, offset / pageSize, connection));
      });
      return unsubscribe;
    });
    reader.current = opened;
    opened.show(0, 0);
    return opened.stop;
  }, [client, document, question]);

  return {
    count: known.count,
    rowAt: (index) => known.pages.get(Math.floor(index / pageSize))?.[index % pageSize],
    show: useCallback((first: number, last: number) => reader.current?.show(first, last), []),
    busy: known.question !== question,
    question: known.question,
    error,
    readAgain: useCallback(() => reader.current?.again(), []),
  };
}

function withPage<Row>(before: Known<Row>, question: string, page: number, { totalCount, nodes }: Connection<Row>): Known<Row> {
  const pages = new Map(before.question === question ? before.pages : []);
  pages.set(page, nodes);
  return { question, count: totalCount, pages };
}
