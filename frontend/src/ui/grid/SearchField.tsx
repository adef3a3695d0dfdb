import { makeStyles, SearchBox } from "@fluentui/react-components";
import { useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";

type SearchFieldProps = { label: string; value: string; onSearch: (text: string) => void };

const useStyles = makeStyles({ field: { width: "100%", maxWidth: "360px" } });

/** Asks when the typing pauses; the server searches. Follows when the search is changed from elsewhere. */
export function SearchField({ label, value, onSearch }: SearchFieldProps) {
  const styles = useStyles();
  const { t } = useLingui();
  const [typed, setTyped] = useState(value);
  const asked = useRef(value);
  const latest = useRef(onSearch);
  useEffect(() => {
    latest.current = onSearch;
  });
  useEffect(() => {
    if (value === asked.current) return;
    asked.current = value;
    setTyped(value);
  }, [value]);
  useEffect(() => {
    if (typed === asked.current) return;
    const timer = setTimeout(() => {
      asked.current = typed;
      latest.current(typed);
    }, 150);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <SearchBox
      className={styles.field}
      aria-label={label}
      placeholder={label}
      value={typed}
      onChange={(_, { value: text }) => setTyped(text)}
      dismiss={{ "aria-label": t`Clear the search` }}
    />
  );
}
