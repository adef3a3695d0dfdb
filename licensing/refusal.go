package licensing

import (
	"fmt"
	"strings"

	"licensedesk/ent/viewer"
)

// Code says why a change was refused; docs/api.md lists them.
type Code string

// The codes of refused changes.
const (
	NotFound                Code = "NOT_FOUND"
	BadInput                Code = "BAD_INPUT"
	TotalNotHigher          Code = "TOTAL_NOT_HIGHER"
	LicensesInUse           Code = "LICENSES_IN_USE"
	NotEnoughLicenses       Code = "NOT_ENOUGH_LICENSES"
	DataLossNotAcknowledged Code = "DATA_LOSS_NOT_ACKNOWLEDGED"
	UsageLocationRequired   Code = "USAGE_LOCATION_REQUIRED"
	ServicePlansExclude     Code = "SERVICE_PLANS_EXCLUDE"
	ServicePlanMissing      Code = "SERVICE_PLAN_MISSING"
	SubscriptionDeleted     Code = "SUBSCRIPTION_DELETED"
	SubscriptionNotActive   Code = "SUBSCRIPTION_NOT_ACTIVE"
	HeldByGroup             Code = "HELD_BY_GROUP"
	UndoExpired             Code = "UNDO_EXPIRED"
	UserDeleted             Code = "USER_DELETED"
	UserExists              Code = "USER_EXISTS"
	NotSandbox              Code = "NOT_SANDBOX"
	ChangedMeanwhile        Code = "CHANGED_MEANWHILE"
	IdempotencyKeyReused    Code = "IDEMPOTENCY_KEY_REUSED"
)

// Reason narrows a Code down to one sentence; graph/messages.go holds the sentence in each language.
// Its parameters are the refusal's facts.
type Reason string

// Fact is a figure behind a refusal.
type Fact struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Refusal is one fault of an input: nothing was done.
type Refusal struct {
	Code   Code     `json:"code"`
	Reason Reason   `json:"reason"`
	Field  []string `json:"field"` // path in the input; nil: the input as a whole
	Facts  []Fact   `json:"facts"`
}

// Refusals are all faults of one input at once.
type Refusals []Refusal

func (r Refusals) Error() string {
	parts := make([]string, len(r))
	for i, one := range r {
		parts[i] = fmt.Sprintf("%s (%s) at %s %v", one.Code, one.Reason, strings.Join(one.Field, "."), one.Facts)
	}
	return "refused: " + strings.Join(parts, "; ")
}

// refuse builds the error of a single fault. Facts come as name, value pairs.
func refuse(code Code, reason Reason, field string, facts ...any) error {
	return Refusals{fault(code, reason, field, facts...)}
}

func fault(code Code, reason Reason, field string, facts ...any) Refusal {
	r := Refusal{Code: code, Reason: reason, Facts: []Fact{}}
	if field != "" {
		r.Field = strings.Split(field, ".")
	}
	for i := 0; i+1 < len(facts); i += 2 {
		r.Facts = append(r.Facts, Fact{Name: fmt.Sprint(facts[i]), Value: fmt.Sprint(facts[i+1])})
	}
	return r
}

// ErrForbidden means that the viewer's roles do not suffice.
type ErrForbidden struct{ Suffice []viewer.Role }

func (e *ErrForbidden) Error() string { return fmt.Sprintf("forbidden: needs one of %v", e.Suffice) }

// ErrUnauthenticated means that the caller's token or membership ended meanwhile.
var ErrUnauthenticated = fmt.Errorf("unauthenticated: the token was revoked, or the membership ended")
