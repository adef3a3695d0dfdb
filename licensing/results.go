package licensing

import (
	"licensedesk/clock"
	"licensedesk/ent/db"
	"licensedesk/ent/viewer"
	"licensedesk/money"
)

// CostChange is what a change costs, of the subscriptions that it touches. Credits are negative.
type CostChange struct {
	CurrentMonthly money.Money
	NewMonthly     money.Money
	Difference     money.Money
	ChargedNow     money.Money
}

// SubscriptionChange is the answer to purchase, buy, reduce, renew and auto-renew.
type SubscriptionChange struct {
	Subscription *db.LicenseSubscription
	Pool         *db.LicensePool
	Conflict     *db.Conflict // the open one, or nil
	Cost         CostChange
	Charge       *db.Charge // nil when nothing was charged
	DryRun       bool
}

// Assigned is the answer to assigning licenses.
type Assigned struct {
	Pool          *db.LicensePool
	Conflict      *db.Conflict
	AssignedCount int
	WaitingCount  int
	DryRun        bool
}

// LeftWaitingList is the answer to leaving a waiting list.
type LeftWaitingList struct {
	Pool      *db.LicensePool
	LeftCount int
	DryRun    bool
}

// WaitingUser is a user who waits for a license of a product.
type WaitingUser struct {
	ID       string // the place in the list, together with AskedAt
	User     *db.User
	Product  *db.Product
	AskedAt  clock.Instant
	Direct   bool // asked as such, not through groups alone
	Position int  // in the queue, from 1
}

// GroupChange is the answer to every change of a group.
type GroupChange struct {
	Group         *db.Group
	Products      []*db.Product      // of the group, by name
	Pools         []*db.LicensePool  // whose licenses members got, lost or wait for
	Conflicts     []*db.Conflict     // the open ones of these pools
	AssignedCount int                // licenses that members got
	WaitingCount  int                // licenses that members wait for now
	Removal       *db.Removal        // nil when nobody lost a license
	DataDeletions []*db.DataDeletion // the first 100, with user and plan
	DryRun        bool
}

// Removed is the answer to removing licenses.
type Removed struct {
	Removal       *db.Removal // nil when nobody lost the license
	Pool          *db.LicensePool
	Conflict      *db.Conflict
	DataDeletions []*db.DataDeletion // the first 100, with user and plan
	DryRun        bool
}

// PoolAlertsSet is the answer to setting a pool's alerts.
type PoolAlertsSet struct {
	Pool     *db.LicensePool
	Conflict *db.Conflict
}

// Undone is the answer to undoing a removal.
type Undone struct {
	Removal   *db.Removal
	Pools     []*db.LicensePool // several where a group of several products took them away
	Conflicts []*db.Conflict    // the open ones of these pools
	LeftOut   []*db.User        // deleted since: the first 100
	DryRun    bool
}

// Resolved is the answer to ending a conflict.
type Resolved struct {
	Conflict      *db.Conflict // as it is after it
	Pool          *db.LicensePool
	MovedTo       []*db.LicensePool       // the pools whose licenses users got instead
	Removal       *db.Removal             // nil when no license was removed
	DataDeletions []*db.DataDeletion      // the first 100, with user and plan
	Subscription  *db.LicenseSubscription // that was renewed, raised or purchased; nil when none was
	Cost          CostChange
	Charge        *db.Charge // nil when nothing was charged
	DryRun        bool
}

// CreatedUser is the answer to creating a user.
type CreatedUser struct {
	User       *db.User
	WaitingFor []*db.Product
}

// DeletedUsers is the answer to deleting users.
type DeletedUsers struct {
	Users        []*db.User // the first 100
	DeletedCount int
	Removal      *db.Removal // nil when they held no license
	Pools        []*db.LicensePool
	Conflicts    []*db.Conflict // the open ones of these pools
	DryRun       bool
}

// RestoredUser is the answer to restoring a user.
type RestoredUser struct {
	User            *db.User
	WithoutLicenses []*db.Product
}

// AffectedUser is a user whose license no valid one backs.
type AffectedUser struct {
	User       *db.User
	AssignedAt clock.Instant
	Services   []AffectedService
	// Rank, AssignedAt and AssignmentID are the place in the list.
	Rank         int64
	AssignmentID string
}

// AffectedService is a service that an affected user is about to lose.
type AffectedService struct {
	Plan          *db.ServicePlan
	AccessUntil   clock.Instant
	DataKeptUntil clock.Instant
}

// Token is an API token without its secret.
type Token struct {
	ID        string
	Name      string
	Roles     []viewer.Role
	CreatedAt clock.Instant
	RevokedAt *clock.Instant
}

// Event is one line of the log.
type Event struct {
	Sequence     int64
	At           clock.Instant
	Kind         EventKind
	ActorID      string
	Actor        string
	ConflictID   string // of CONFLICT_… events
	Subjects     []string
	SubjectCount int
	Facts        []byte // a JSON object
}

// EventKind says what happened, in the past tense.
type EventKind string

// The kinds of events.
const (
	LicensesBought       EventKind = "LICENSES_BOUGHT"
	LicensesReduced      EventKind = "LICENSES_REDUCED"
	SubscriptionStarted  EventKind = "SUBSCRIPTION_STARTED"
	SubscriptionRenewed  EventKind = "SUBSCRIPTION_RENEWED"
	SubscriptionExpired  EventKind = "SUBSCRIPTION_EXPIRED"
	SubscriptionDisabled EventKind = "SUBSCRIPTION_DISABLED"
	// SubscriptionGone is the event SUBSCRIPTION_DELETED; the name without "Gone" is a refusal's code.
	SubscriptionGone EventKind = "SUBSCRIPTION_DELETED"
	AutoRenewChanged EventKind = "AUTO_RENEW_CHANGED"
	LicensesAssigned EventKind = "LICENSES_ASSIGNED"
	LicensesRemoved  EventKind = "LICENSES_REMOVED"
	RemovalUndone    EventKind = "REMOVAL_UNDONE"
	UserCreated      EventKind = "USER_CREATED"
	UserChanged      EventKind = "USER_CHANGED"
	// UserGone is the event USER_DELETED.
	UserGone         EventKind = "USER_DELETED"
	UserRestored     EventKind = "USER_RESTORED"
	UserPurged       EventKind = "USER_PURGED"
	DataDeleted      EventKind = "DATA_DELETED"
	ConflictOpened   EventKind = "CONFLICT_OPENED"
	ConflictChanged  EventKind = "CONFLICT_CHANGED"
	ConflictResolved EventKind = "CONFLICT_RESOLVED"
	MemberAdded      EventKind = "MEMBER_ADDED"
	TokenCreated     EventKind = "TOKEN_CREATED"
	TokenRevoked     EventKind = "TOKEN_REVOKED"
	Imported         EventKind = "IMPORTED"
	ClockAdvanced    EventKind = "CLOCK_ADVANCED"
	LicensesWaiting  EventKind = "LICENSES_WAITING"
	ChangeScheduled  EventKind = "CHANGE_SCHEDULED"
	// OrganizationChanged tells of a setting of the organization.
	OrganizationChanged EventKind = "ORGANIZATION_CHANGED"

	GroupCreated         EventKind = "GROUP_CREATED"
	GroupRenamed         EventKind = "GROUP_RENAMED"
	GroupDeleted         EventKind = "GROUP_DELETED"
	GroupMembersAdded    EventKind = "GROUP_MEMBERS_ADDED"
	GroupMembersRemoved  EventKind = "GROUP_MEMBERS_REMOVED"
	GroupProductsAdded   EventKind = "GROUP_PRODUCTS_ADDED"
	GroupProductsRemoved EventKind = "GROUP_PRODUCTS_REMOVED"

	AlertRaised   EventKind = "ALERT_RAISED"
	AlertsChanged EventKind = "ALERTS_CHANGED"
)

// Action is something that can be done to an object; what can be done, and why not, is told as an Ability.
type Action string

// The actions.
const (
	ActionBuy          Action = "BUY_LICENSES"
	ActionReduce       Action = "REDUCE_LICENSES"
	ActionRenew        Action = "RENEW_SUBSCRIPTION"
	ActionAutoRenew    Action = "SET_AUTO_RENEW"
	ActionPurchase     Action = "PURCHASE_SUBSCRIPTION"
	ActionAssign       Action = "ASSIGN_LICENSES"
	ActionRemove       Action = "REMOVE_LICENSES"
	ActionResolve      Action = "RESOLVE_CONFLICT"
	ActionManageUsers  Action = "MANAGE_USERS"
	ActionManageGroups Action = "MANAGE_GROUPS"
	ActionSeeCosts     Action = "SEE_COSTS"
	ActionManageTokens Action = "MANAGE_TOKENS"
	ActionAdvanceClock Action = "ADVANCE_CLOCK"
	ActionImport       Action = "IMPORT"
	// ActionSetAffectedOrder is to say who is affected first.
	ActionSetAffectedOrder Action = "SET_AFFECTED_ORDER"
	ActionSetAlerts        Action = "SET_ALERTS"
)
