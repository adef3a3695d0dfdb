import { makeStyles, mergeClasses, Table, TableBody, TableHeader, TableRow, Text } from "@fluentui/react-components";
import { CartRegular } from "@fluentui/react-icons";
import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import type { CombinedError } from "urql";
import type { SubscriptionFactsFragment } from "../gql/graphql";
import { ActionLink } from "../ui/Actions";
import { abilityReason } from "../ui/abilities";
import { Card } from "../ui/Card";
import { Cell, ColumnHeader, narrow, useCardTableStyles } from "../ui/CardTable";
import { EmptyState } from "../ui/EmptyState";
import { useFormats } from "../ui/format";
import { LoadingRows } from "../ui/LoadingRows";
import { Page } from "../ui/Page";
import { QueryError } from "../ui/QueryError";
import { useViewer } from "../ui/viewer";
import { AutomaticRenewal } from "./AutomaticRenewal";
import { useSubscriptionNames } from "./names";
import { ScheduledTotal } from "./ScheduledTotal";
import { SubscriptionActions } from "./SubscriptionActions";
import { SubscriptionState } from "./SubscriptionState";

type SubscriptionListProps = {
  subscriptions: readonly SubscriptionFactsFragment[] | undefined;
  product?: { id: string; name: string } | undefined;
  error: CombinedError | undefined;
  onRetry: () => void;
  org: string;
};

const useColumns = makeStyles({
  columns: {
    gridTemplateColumns: "minmax(150px, 1.2fr) 84px 110px minmax(180px, 1.6fr) 160px 300px",
    [narrow]: { gridTemplateColumns: "repeat(2, minmax(0, 1fr)) auto" },
  },
});

export function SubscriptionList({ subscriptions, product, error, onRetry, org }: SubscriptionListProps) {
  const { t } = useLingui();
  return (
    <Page
      title={t`Subscriptions`}
      intro={product && <OnlyOf product={product.name} org={org} />}
      actions={
        <ActionLink
          to="/o/$org/subscriptions/new"
          params={{ org }}
          search={product ? { product: product.id } : {}}
          appearance="primary"
          icon={<CartRegular />}
          disabledReason={abilityReason(useViewer()?.can ?? [], "PURCHASE_SUBSCRIPTION")}
        >
          {t`Buy a subscription`}
        </ActionLink>
      }
    >
      {error && !subscriptions && <QueryError error={error} onRetry={onRetry} />}
      <Card>
        {!subscriptions && !error && <LoadingRows />}
        {subscriptions?.length === 0 && (
          <EmptyState title={t`There are no subscriptions`}>
            <Trans>Buy one, or import yours with the command “licensedesk import”.</Trans>
          </EmptyState>
        )}
        {subscriptions && subscriptions.length > 0 && <SubscriptionTable subscriptions={subscriptions} org={org} />}
      </Card>
    </Page>
  );
}

function OnlyOf({ product, org }: { product: string; org: string }) {
  return (
    <Text>
      <Trans>
        Only those of {product}.{" "}
        <Link to="/o/$org/subscriptions" params={{ org }}>
          Show all
        </Link>
      </Trans>
    </Text>
  );
}

function SubscriptionTable({ subscriptions, org }: { subscriptions: readonly SubscriptionFactsFragment[]; org: string }) {
  const { t } = useLingui();
  const table = useCardTableStyles();
  return (
    <Table noNativeElements aria-label={t`Subscriptions`}>
      <TableHeader className={table.header}>
        <TableRow className={mergeClasses(table.row, useColumns().columns)}>
          <ColumnHeader>{t`Subscription`}</ColumnHeader>
          <ColumnHeader numeric>{t`Licenses`}</ColumnHeader>
          <ColumnHeader numeric>{t`Price`}</ColumnHeader>
          <ColumnHeader>{t`State`}</ColumnHeader>
          <ColumnHeader>{t`Automatic renewal`}</ColumnHeader>
          <ColumnHeader>{t`Actions`}</ColumnHeader>
        </TableRow>
      </TableHeader>
      <TableBody>
        {subscriptions.map((subscription) => (
          <SubscriptionRow key={subscription.id} subscription={subscription} among={subscriptions} org={org} />
        ))}
      </TableBody>
    </Table>
  );
}

type SubscriptionRowProps = {
  subscription: SubscriptionFactsFragment;
  among: readonly SubscriptionFactsFragment[];
  org: string;
};

function SubscriptionRow({ subscription, among, org }: SubscriptionRowProps) {
  const { t } = useLingui();
  const table = useCardTableStyles();
  const { number, money } = useFormats();
  const name = useSubscriptionNames()(subscription, among);
  const price = subscription.pricePerLicense;
  return (
    <TableRow className={mergeClasses(table.row, useColumns().columns)}>
      <Cell wide>
        <Text weight="semibold">{name}</Text>
      </Cell>
      <Cell numeric label={t`Licenses`}>
        {number(subscription.totalLicenses)}
      </Cell>
      <Cell numeric label={t`Price`}>
        {price ? money(price) : "–"}
      </Cell>
      <Cell wide>
        <SubscriptionState subscription={subscription} />
        <ScheduledTotal subscription={subscription} name={name} />
      </Cell>
      <Cell wide label={t`Automatic renewal`}>
        <AutomaticRenewal subscription={subscription} name={name} />
      </Cell>
      <Cell wide>
        <SubscriptionActions subscription={subscription} name={name} org={org} />
      </Cell>
    </TableRow>
  );
}
