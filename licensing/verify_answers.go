package licensing

import (
	"context"
	"database/sql"
	"encoding/json"
	"regexp"
)

// lasting are the ids of what is never deleted, in the answers that keys keep.
var lasting = regexp.MustCompile(`"((sub|chg|cfl|rmv)_[0-9a-z]+)"`)

// tableOf names where they are.
var tableOf = map[string]string{"sub": "license_subscriptions", "chg": "charges", "cfl": "conflicts", "rmv": "removals"}

// acknowledged checks the answers to changes that clients were given under idempotency keys: each is an answer or a
// refusal, and what it names is there.
func (d *Desk) acknowledged(ctx context.Context, view *sql.Tx, organization string) ([]string, error) {
	var faults []string
	named := map[string]map[string][]string{} // ids by table and organization
	_, err := readOn(ctx, view, func(s scanner) (none struct{}, err error) {
		var in, key, response string
		if err := s.Scan(&in, &key, &response); err != nil {
			return none, err
		}
		var kept answer
		if json.Unmarshal([]byte(response), &kept) != nil || (kept.Result == nil) == (kept.Refused == nil) {
			faults = append(faults, in+" "+key+" keeps no answer")
		}
		for _, id := range lasting.FindAllStringSubmatch(response, -1) {
			table := tableOf[id[2]]
			if named[table] == nil {
				named[table] = map[string][]string{}
			}
			named[table][in] = append(named[table][in], id[1])
		}
		return none, nil
	}, `SELECT organization_id, id, response FROM idempotency_keys WHERE ($1 = '' OR organization_id = $1) ORDER BY organization_id, id`, organization)
	for table, ids := range named {
		for in, some := range ids {
			missing, lost := d.missing(ctx, view, table, in, some)
			if lost != nil {
				return nil, lost
			}
			faults = append(faults, missing...)
		}
	}
	return faults, err
}

// missing tells which of an organization's ids a table does not have.
func (d *Desk) missing(ctx context.Context, view *sql.Tx, table, in string, ids []string) ([]string, error) {
	found, err := readOn(ctx, view, scanText, `SELECT id FROM `+table+` WHERE organization_id = $1 AND `+d.store.InList("id", 2), in, d.store.List(ids))
	there := map[string]bool{}
	for _, id := range found {
		there[id] = true
	}
	var missing []string
	for _, id := range ids {
		if !there[id] {
			missing = append(missing, in+" "+id+" was acknowledged, and is not there")
			there[id] = true
		}
	}
	return missing, err
}
