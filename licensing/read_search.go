package licensing

import (
	"strings"

	esql "entgo.io/ent/dialect/sql"

	"licensedesk/ent/db/licenseassignment"
	"licensedesk/ent/db/user"
)

// SearchUsers is the filter for users whose principal name begins with the text, or whose display name has words that
// begin with each of the text's words, whatever the case.
func SearchUsers(text string) Filter {
	text = strings.ToLower(strings.TrimSpace(text))
	return func(s *esql.Selector) {
		var words []*esql.Predicate
		for word := range strings.FieldsSeq(text) {
			words = append(words, like(s.C(user.FieldSearchName), "% "+escape(word)+"%"))
		}
		s.Where(esql.Or(like(s.C(user.FieldUserPrincipalKey), escape(text)+"%"), esql.And(words...)))
	}
}

// SearchHolders is the same for assignments, by who holds them.
func (d *Desk) SearchHolders(organization, text string) Filter {
	return func(s *esql.Selector) {
		found := esql.Dialect(d.store.Dialect).Select("id").From(esql.Table("users").As("found"))
		found.Where(esql.EQ(found.C("organization_id"), organization))
		SearchUsers(text)(found)
		s.Where(esql.In(s.C(licenseassignment.FieldUserID), found))
	}
}

func like(column, pattern string) *esql.Predicate {
	return esql.P(func(b *esql.Builder) {
		b.WriteString(column).WriteString(" LIKE ").Arg(pattern).WriteString(` ESCAPE '\'`)
	})
}

// escape takes a text literally within a pattern.
func escape(text string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text)
}
