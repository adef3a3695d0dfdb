package licensing

import "strconv"

// statement collects the arguments of a statement that is put together from parts.
type statement struct{ args []any }

// arg adds an argument and gives its placeholder.
func (s *statement) arg(value any) string {
	s.args = append(s.args, value)
	return "$" + strconv.Itoa(len(s.args))
}

// byUser makes SQLite find assignments by their user. Without statistics it prefers the index by age, because that holds
// all columns, and reads every assignment of the organization; PostgreSQL chooses right by itself.
func (d *Desk) byUser() string {
	if d.store.Postgres() {
		return ""
	}
	return " INDEXED BY licenseassignment_organization_id_user_id_product_id"
}
