import { Field, Input, makeStyles } from "@fluentui/react-components";
import { useLingui } from "@lingui/react/macro";
import { useFormats } from "../ui/format";
import { maximumTotal, parseTotal } from "./total";

type TotalFieldProps = { value: string; current: number; fault?: string | undefined; onChange: (typed: string) => void };

const useStyles = makeStyles({ input: { width: "160px" } });

/** The new total; beside it what the change is, so that nobody types 5 who means 105. */
export function TotalField({ value, current, fault, onChange }: TotalFieldProps) {
  const { t } = useLingui();
  const { number } = useFormats();
  const total = parseTotal(value);
  const message = total === undefined ? t`Enter a whole number from 0 to ${number(maximumTotal)}.` : fault;
  return (
    <Field
      label={t`Total licenses`}
      hint={useDifferenceText(total, current)}
      {...(message !== undefined && { validationMessage: message, validationState: "error" as const })}
    >
      <Input
        type="number"
        min={0}
        max={maximumTotal}
        step={1}
        className={useStyles().input}
        value={value}
        onChange={(_, data) => onChange(data.value)}
      />
    </Field>
  );
}

function useDifferenceText(total: number | undefined, current: number): string {
  const { t } = useLingui();
  const { number } = useFormats();
  const today = number(current);
  const difference = (total ?? current) - current;
  const size = number(Math.abs(difference));
  if (difference > 0) return t`Now ${today}, adding ${size}. Enter the new total, not the number to add.`;
  if (difference < 0) return t`Now ${today}, removing ${size}. Enter the new total, not the number to remove.`;
  return t`Now ${today}. Enter the new total, not the number to add.`;
}
