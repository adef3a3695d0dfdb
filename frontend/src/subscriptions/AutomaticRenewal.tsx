import { Link, Switch, Toast, ToastBody, ToastTitle, ToastTrigger, Tooltip } from "@fluentui/react-components";
import { useLingui } from "@lingui/react/macro";
import { useMutation } from "urql";
import { newIdempotencyKey } from "../api/idempotency";
import { readFragment } from "../gql/fragment-masking";
import { RefusalFragmentDoc, SetAutoRenewDocument, type SubscriptionFactsFragment } from "../gql/graphql";
import { abilityReason } from "../ui/abilities";
import { useToasts } from "../ui/toasts";

type AutomaticRenewalProps = { subscription: SubscriptionFactsFragment; name: string };

/** Whether the subscription renews itself when its term ends. Switching can be taken back for a while. */
export function AutomaticRenewal({ subscription, name }: AutomaticRenewalProps) {
  const { t } = useLingui();
  const toggle = useToggle(subscription, name);
  const reason = abilityReason(subscription.can, "SET_AUTO_RENEW");
  const control = (
    <Switch
      checked={subscription.autoRenew}
      aria-label={t`Automatic renewal: ${name}`}
      aria-disabled={reason !== undefined}
      label={subscription.autoRenew ? { children: t`On`, "aria-hidden": true } : { children: t`Off`, "aria-hidden": true }}
      onChange={() => reason === undefined && toggle(!subscription.autoRenew)}
    />
  );
  if (reason === undefined) return control;
  return (
    <Tooltip content={reason} relationship="description" withArrow>
      {control}
    </Tooltip>
  );
}

function useToggle({ id }: SubscriptionFactsFragment, name: string) {
  const { t } = useLingui();
  const [, setAutoRenew] = useMutation(SetAutoRenewDocument);
  const { dispatchToast } = useToasts();
  const send = async (autoRenew: boolean) => {
    const { data, error } = await setAutoRenew({ input: { subscriptionId: id, autoRenew, idempotencyKey: newIdempotencyKey() } });
    const [refusal] = readFragment(RefusalFragmentDoc, data?.setAutoRenew.userErrors ?? []);
    return refusal ? `${refusal.message} ${refusal.fix}` : error && t`This could not be saved. Try again.`;
  };
  return async (autoRenew: boolean) => {
    const fault = await send(autoRenew);
    const title = fault ?? (autoRenew ? t`Automatic renewal is on` : t`Automatic renewal is off`);
    dispatchToast(
      <Toast>
        <ToastTitle
          action={
            fault ? undefined : (
              <ToastTrigger>
                <Link as="button" onClick={() => void send(!autoRenew)}>{t`Undo`}</Link>
              </ToastTrigger>
            )
          }
        >
          {title}
        </ToastTitle>
        <ToastBody>{name}</ToastBody>
      </Toast>,
      { intent: fault ? "error" : "success" },
    );
  };
}
