import { Button, makeStyles, Subtitle2, Text, tokens } from "@fluentui/react-components";
import { DismissRegular } from "@fluentui/react-icons";
import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { useId, useRef } from "react";
import { Card } from "../ui/Card";
import { useFormats } from "../ui/format";

type SelectedUsersProps = { users: ReadonlyMap<string, string>; shortfall: number; onRemove: (id: string) => void };

const shownAtMost = 100;

const useStyles = makeStyles({
  panel: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM, padding: tokens.spacingHorizontalL },
  list: {
    display: "flex",
    flexDirection: "column",
    gap: tokens.spacingVerticalXXS,
    maxHeight: "clamp(160px, calc(100vh - 480px), 700px)",
    margin: 0,
    padding: 0,
    overflowY: "auto",
    listStyle: "none",
  },
  item: { display: "flex", alignItems: "center", justifyContent: "space-between", gap: tokens.spacingHorizontalS },
  name: { minWidth: 0, overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  quiet: { color: tokens.colorNeutralForeground2 },
  heading: { margin: 0 },
});

/** Who is chosen so far, and how many more end the conflict. */
export function SelectedUsers({ users, shortfall, onRemove }: SelectedUsersProps) {
  const styles = useStyles();
  const { t } = useLingui();
  const { number } = useFormats();
  const headingId = useId();
  const list = useRef<HTMLUListElement>(null);
  const left = Math.max(0, shortfall - users.size);
  const take = (id: string) => {
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>("button") ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    (buttons[at + 1] ?? buttons[at - 1])?.focus();
    onRemove(id);
  };
  return (
    <Card>
      <section aria-labelledby={headingId} className={styles.panel}>
        <Subtitle2 as="h2" id={headingId} className={styles.heading}>
          {users.size ? t`Selected users (${number(users.size)})` : t`Selected users`}
        </Subtitle2>
        {shortfall > 0 && (
          <Text weight={left > 0 ? "regular" : "semibold"}>
            {left > 0 ? <Plural value={left} one="# more to resolve" other="# more to resolve" /> : t`This resolves the conflict`}
          </Text>
        )}
        {users.size === 0 && (
          <Text className={styles.quiet}>
            <Trans>Select the users that do not need this license.</Trans>
          </Text>
        )}
        <ul className={styles.list} ref={list}>
          {[...users].slice(0, shownAtMost).map(([id, name]) => (
            <li key={id} className={styles.item}>
              <Text className={styles.name}>{name}</Text>
              <Button
                appearance="subtle"
                size="small"
                icon={<DismissRegular />}
                aria-label={t`Deselect ${name}`}
                onClick={() => take(id)}
              />
            </li>
          ))}
        </ul>
        {users.size > shownAtMost && (
          <Text className={styles.quiet}>
            <Trans>and {number(users.size - shownAtMost)} more</Trans>
          </Text>
        )}
      </section>
    </Card>
  );
}
