import { makeStyles } from "@fluentui/react-components";
import { Plural, Trans } from "@lingui/react/macro";
import { RefusalNotice } from "../ui/RefusalNotice";
import type { DeletionPreview } from "./deleteUser";

const useStyles = makeStyles({ list: { margin: 0, paddingInlineStart: "20px" } });

/** The licenses that a deletion frees, each with what it means for its conflict. */
export function FreedLicenses({ preview }: { preview: DeletionPreview }) {
  const styles = useStyles();
  if (preview.failure) return <RefusalNotice {...preview.failure} />;
  if (preview.freed.length === 0) {
    return (
      <span>
        <Trans>The user holds no license.</Trans>
      </span>
    );
  }
  return (
    <>
      <span>
        <Plural value={preview.freed.length} one="# license becomes free:" other="# licenses become free:" />
      </span>
      <ul className={styles.list}>
        {preview.freed.map(({ product, before, after }) => (
          <li key={product}>
            {product}
            {before > 0 && (
              <>
                {": "}
                {after === 0 ? (
                  <Trans>this resolves its license conflict</Trans>
                ) : (
                  <Plural
                    value={after}
                    one="# user will still need a valid license"
                    other="# users will still need a valid license"
                  />
                )}
              </>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
