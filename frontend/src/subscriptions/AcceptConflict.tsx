import { Checkbox } from "@fluentui/react-components";
import { Plural, Trans } from "@lingui/react/macro";
import { useFormats } from "../ui/format";

type AcceptConflictProps = {
  shortfall: number;
  /** The renewal at which the conflict would open; undefined: at once. */
  renewal: string | undefined;
  checked: boolean;
  onChange: (checked: boolean) => void;
};

/** Fewer licenses than are assigned: only for those who say that they know. */
export function AcceptConflict({ shortfall, renewal, checked, onChange }: AcceptConflictProps) {
  const { day } = useFormats();
  return (
    <Checkbox
      checked={checked}
      onChange={(_, data) => onChange(data.checked === true)}
      label={
        renewal ? (
          <Trans>
            From {day(renewal)}:{" "}
            <Plural
              value={shortfall}
              one="I accept that # user will be without a valid license"
              other="I accept that # users will be without a valid license"
            />
          </Trans>
        ) : (
          <Plural
            value={shortfall}
            one="I accept that # user will be without a valid license"
            other="I accept that # users will be without a valid license"
          />
        )
      }
    />
  );
}
