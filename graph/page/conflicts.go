// Package page holds the pages that carry more than a list.
package page

import (
	"entgo.io/contrib/entgql"

	"licensedesk/ent/db"
)

// Conflicts is a page of conflicts with the log's position of the moment it was read.
type Conflicts struct {
	Edges       []*db.ConflictEdge
	Nodes       []*db.Conflict
	PageInfo    entgql.PageInfo[string]
	TotalCount  int
	EventCursor string
}
