package licensing

import (
	"reflect"
	"testing"
)

func TestJoined(t *testing.T) {
	t.Parallel()
	got := joined([]write{
		{query: "UPDATE a SET x = $3 WHERE o = $1 AND id = $2", args: []any{"a1", 7}},
		{query: "INSERT INTO b (o, id) VALUES ($1, $2), ($1, $3)", args: []any{"b1", "b2"}},
		{query: "UPDATE c SET y = $2 WHERE o = $1", args: []any{true}},
	})
	want := write{
		query: "WITH w0 AS (UPDATE a SET x = $3 WHERE o = $1 AND id = $2), w1 AS (INSERT INTO b (o, id) VALUES ($1, $4), ($1, $5)) UPDATE c SET y = $6 WHERE o = $1",
		args:  []any{"a1", 7, "b1", "b2", true},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestWrittenTable(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]string{
		"INSERT INTO charges (organization_id, id) VALUES ($1, $2)":      "charges",
		"UPDATE license_pools SET valid = $3 WHERE organization_id = $1": "license_pools",
	} {
		if got := writtenTable(query); got != want {
			t.Errorf("%s: got %s", query, got)
		}
	}
}
