// Package licensing holds the rules of LicenseDesk.
//
// The words: an Organization buys licenses of a Product by LicenseSubscriptions; one LicensePool per product holds the
// counters (valid, expired, suspended, assigned, available, shortfall); a LicenseAssignment is a license held by a User.
// While more licenses are assigned than valid there is a Conflict: an episode of one pool that opens, changes and is
// resolved. An affected user is one whose assignment no valid license backs. A Removal takes licenses away and can be
// undone; a DataDeletion says which data goes, and when. An Alert warns of a conflict, or of few licenses left. Every change
// appends Events to the organization's log.
//
// Each exported method of Desk is one use case: one transaction, one organization, one lock. It needs a viewer in the
// context. It returns a Refusals error when the domain says no (nothing was done), ErrForbidden with the roles that
// suffice, or another error when something broke.
package licensing
