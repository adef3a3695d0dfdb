// Package demo makes an organization to try LicenseDesk with, and a sandbox beside it. Everybody in them is made up.
package demo

import (
	"context"
	"fmt"

	"licensedesk/clock"
	"licensedesk/ent/viewer"
	"licensedesk/importing"
	"licensedesk/licensing"
)

// Slugs of the demo organization and of its sandbox, and the address of the owner of both.
const (
	Slug    = "nordvang"
	Sandbox = "nordvang-sandbox"
	Owner   = "owner@nordvang.example"
)

// How many days ago the demo's story began, a total was reduced, and a subscription ran out.
const (
	began   = 40
	reduced = 5
	expired = 3
)

// Create makes the demo unless its organization is there already: about 300 users, one product whose total was reduced
// below what is assigned, one whose only subscription expired without automatic renewal, one with enough licenses, and a
// sandbox. It tells the story through the rules, so that the log has it too. For the operator.
func Create(ctx context.Context, now *licensing.Desk, c clock.Clock) error {
	if there, err := exists(ctx, now); err != nil || there {
		return err
	}
	then := clock.NewFixed(c.Now().StartOfDay().AddDays(-began))
	past := licensing.New(now.Store(), then, nil)
	if _, err := importing.ImportOrganizations(ctx, past, then.Now(), files(c.Now()), importing.Silent); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	organization, subscription, err := suite(ctx, now)
	if err != nil {
		return err
	}
	for _, slug := range []string{Slug, Sandbox} {
		if err := addOwner(ctx, past, slug); err != nil {
			return err
		}
	}
	then.Set(c.Now().AddDays(-reduced))
	_, err = past.Reduce(viewer.In(ctx, organization), licensing.Reduce{SubscriptionID: subscription, TotalLicenses: 100, AcceptConflict: true})
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	return now.RunDue(ctx, organization)
}

func exists(ctx context.Context, desk *licensing.Desk) (bool, error) {
	var n int
	err := desk.Store().Reader().QueryRowContext(ctx, `SELECT count(*) FROM organizations WHERE slug = $1`, Slug).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("demo: %w", err)
	}
	return n > 0, nil
}

// suite finds the demo organization and the subscription whose total will be reduced.
func suite(ctx context.Context, desk *licensing.Desk) (organization, subscription string, err error) {
	err = desk.Store().Reader().QueryRowContext(ctx, `SELECT o.id, s.id FROM organizations o JOIN license_subscriptions s ON s.organization_id = o.id
		JOIN products p ON p.id = s.product_id WHERE o.slug = $1 AND p.part_number = 'NV_WORK_SUITE' AND s.term = 'ANNUAL'`, Slug).Scan(&organization, &subscription)
	if err != nil {
		return "", "", fmt.Errorf("demo: %w", err)
	}
	return organization, subscription, nil
}

func addOwner(ctx context.Context, desk *licensing.Desk, slug string) error {
	var organization string
	if err := desk.Store().Reader().QueryRowContext(ctx, `SELECT id FROM organizations WHERE slug = $1`, slug).Scan(&organization); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	_, err := desk.EnsureMember(ctx, organization, Owner, "Demo owner", []viewer.Role{viewer.Owner})
	return err
}
