import { Text } from "@fluentui/react-components";
import { Trans, useLingui } from "@lingui/react/macro";
import { ActionLink } from "../ui/Actions";
import { Card } from "../ui/Card";
import { Page } from "../ui/Page";
import { CostReview, type Done } from "./CostReview";

type ReviewPageProps = { done: Done; name: string | undefined; product: string; org: string };

/** The last step of a change that costs: what it costs from now on. Close goes to the product's licenses. */
export function ReviewPage({ done, name, product, org }: ReviewPageProps) {
  const { t } = useLingui();
  return (
    <Page title={t`Review your new monthly cost`} intro={name && <Text>{name}</Text>} step="review" narrow>
      <Card padded>
        <CostReview {...done} />
      </Card>
      <div>
        <ActionLink to="/o/$org/licenses" params={{ org }} state={{ product }} appearance="primary">
          <Trans>Close</Trans>
        </ActionLink>
      </div>
    </Page>
  );
}
