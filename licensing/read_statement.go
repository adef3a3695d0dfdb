package licensing

import "strconv"

// statement collects the arguments of a statement that is put together from parts.
type statement struct {
	args []any
	rows []string // of a VALUES list
}

// arg adds an argument and gives its placeholder.
func (s *statement) arg(value any) string {
	s.args = append(s.args, value)
	return "$" + strconv.Itoa(len(s.args))
}

// byUser makes SQLite find assignments by their user. Without statistics it prefers the index by age, because that holds
// all columns, and reads every assignment of the organization; PostgreSQL chooses right by itself.
func (d *Desk) byUser() string {
	return d.by("licenseassignment_organization_id_user_id_product_id")
}

// byPlace makes SQLite find the assignments of a pool by their place in the affected order.
func (d *Desk) byPlace(ranked bool) string {
	if ranked {
		return d.by("license_assignment_rank")
	}
	return d.by("license_assignment_age")
}

// by names an index to SQLite; PostgreSQL has statistics to choose by.
func (d *Desk) by(index string) string {
	if d.store.Postgres() {
		return ""
	}
	return " INDEXED BY " + index
}
