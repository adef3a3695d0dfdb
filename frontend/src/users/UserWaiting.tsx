import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { HourglassRegular } from "@fluentui/react-icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import { ActionButton } from "../ui/Actions";
import { abilityReason } from "../ui/abilities";
import { useFormats } from "../ui/format";
import { RefusalNotice } from "../ui/RefusalNotice";
import type { PanelUser } from "./panelUser";
import { useWaitingList } from "./waitingList";

const useStyles = makeStyles({
  section: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS },
  heading: { margin: 0, outlineStyle: "none" },
  list: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalM, margin: 0, padding: 0, listStyle: "none" },
  place: { display: "grid", gridTemplateColumns: "auto minmax(0, 1fr)", columnGap: tokens.spacingHorizontalS },
  icon: { fontSize: "20px", color: tokens.colorNeutralForeground3 },
  facts: { display: "flex", flexDirection: "column", alignItems: "flex-start", gap: tokens.spacingVerticalXXS },
  quiet: { color: tokens.colorNeutralForeground2 },
});

type Place = PanelUser["waitingFor"][number];

/** What the user waits for, at which place and what is in the way; nothing when it is nothing. Who has left can ask again. */
export function UserWaiting({ user }: { user: PanelUser }) {
  const styles = useStyles();
  const { left, leave, askAgain, busy, failure } = useWaitingList(user.id);
  const heading = useRef<HTMLHeadingElement>(null);
  const gone = left.filter(({ id }) => !user.waitingFor.some(({ product }) => product.id === id));
  if (user.waitingFor.length === 0 && gone.length === 0) return null;
  return (
    <section className={styles.section}>
      <Text as="h3" size={400} weight="semibold" ref={heading} tabIndex={-1} className={styles.heading}>
        <Trans>Waiting for a license</Trans>
      </Text>
      {failure && <RefusalNotice {...failure} />}
      <ul className={styles.list}>
        {user.waitingFor.map((place) => (
          <WaitingFor key={place.product.id} place={place} user={user} busy={busy} onLeave={() => leave(place.product)} />
        ))}
        {gone.map((product) => (
          <NoLonger
            key={product.id}
            name={product.name}
            onUndo={() => {
              heading.current?.focus();
              askAgain(product);
            }}
          />
        ))}
      </ul>
    </section>
  );
}

type WaitingForProps = { place: Place; user: PanelUser; busy: boolean; onLeave: () => void };

function WaitingFor({ place: { product, position, askedAt, direct, passedOver }, user, busy, onLeave }: WaitingForProps) {
  const styles = useStyles();
  const { t } = useLingui();
  const { number, day } = useFormats();
  const throughGroup = direct ? undefined : t`Waits through a group: take the user out of the group instead.`;
  const disabledReason =
    (busy ? t`It is being submitted` : undefined) ?? abilityReason(user.can, "REMOVE_LICENSES") ?? throughGroup;
  return (
    <li className={styles.place}>
      <HourglassRegular className={styles.icon} aria-hidden />
      <div className={styles.facts}>
        <Text weight="semibold">{product.name}</Text>
        <Text size={200} className={styles.quiet}>
          <Trans>
            Number {number(position)} in line, since {day(askedAt)}
          </Trans>
        </Text>
        <Text size={200}>
          {passedOver ? (
            `${passedOver.message} ${passedOver.fix}`
          ) : (
            <Trans>Gets the next license when it is this user's turn.</Trans>
          )}
        </Text>
        <ActionButton
          size="small"
          aria-label={t`Leave the waiting list: ${product.name}`}
          disabledReason={disabledReason}
          onClick={onLeave}
        >
          <Trans>Leave the waiting list</Trans>
        </ActionButton>
      </div>
    </li>
  );
}

/** In the place of the button that was pressed, so that focus is not lost and the panel need not be left to undo it. */
function NoLonger({ name, onUndo }: { name: string; onUndo: () => void }) {
  const styles = useStyles();
  const { t } = useLingui();
  const undo = useRef<HTMLButtonElement>(null);
  useEffect(() => undo.current?.focus(), []);
  return (
    <li className={styles.place}>
      <HourglassRegular className={styles.icon} aria-hidden />
      <div className={styles.facts}>
        <Text>
          <Trans>No longer waits for {name}.</Trans>
        </Text>
        <Button ref={undo} size="small" aria-label={t`Undo: wait for ${name} again, at the end of the line`} onClick={onUndo}>
          <Trans>Undo</Trans>
        </Button>
      </div>
    </li>
  );
}
