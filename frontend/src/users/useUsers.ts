import { useOnChange } from "../api/changes";
import { readFragment } from "../gql/fragment-masking";
import { type UserRowFragment, UserRowFragmentDoc, UsersDocument } from "../gql/graphql";
import { type PagedRows, usePagedRows } from "../ui/grid/usePagedRows";

/** The living or the deleted users that the server finds, page by page; read again when something changes. */
export function useUsers(search: string, deleted: boolean): PagedRows<UserRowFragment> {
  const rows = usePagedRows({
    document: UsersDocument,
    variables: { search, ...(deleted && { where: { deletedAtNotNil: true } }) },
    connectionOf: ({ users }) => ({ ...users, nodes: readFragment(UserRowFragmentDoc, users.nodes) }),
  });
  useOnChange(rows.readAgain);
  return rows;
}
