package licensing

// The reasons of refusals. Facts that fill their sentences stand behind each.
const (
	UnknownSubscription  Reason = "unknown_subscription"   // id
	UnknownProduct       Reason = "unknown_product"        // id
	UnknownUser          Reason = "unknown_user"           // id
	UnknownRemoval       Reason = "unknown_removal"        // id
	UnknownToken         Reason = "unknown_token"          // id
	TotalOutOfRange      Reason = "total_out_of_range"     // total, minimum, maximum
	UseReduce            Reason = "use_reduce"             // total, current
	UseBuy               Reason = "use_buy"                // total, current
	NoPrice              Reason = "no_price"               // product, currency
	AmountTooLarge       Reason = "amount_too_large"       // total
	ConflictNotAccepted  Reason = "conflict_not_accepted"  // total, assigned, shortfall
	NotActive            Reason = "not_active"             // state
	AlreadyDeleted       Reason = "already_deleted"        // subscription
	VersionDiffers       Reason = "version_differs"        // expected, current
	NoneGiven            Reason = "none_given"             // minimum, maximum
	TooManyGiven         Reason = "too_many_given"         // given, maximum
	NoLicenseAvailable   Reason = "no_license_available"   // product, wanted, available
	NoUsageLocation      Reason = "no_usage_location"      // user
	UserIsDeleted        Reason = "user_is_deleted"        // user
	UserIsNotDeleted     Reason = "user_is_not_deleted"    // user
	UserIsGone           Reason = "user_is_gone"           // user
	PlansExclude         Reason = "plans_exclude"          // user, product, plan, other, held, heldIds
	PlanMissing          Reason = "plan_missing"           // user, product, plan, needs, brings, bringsId, available
	PlanToBuy            Reason = "plan_to_buy"            // user, product, plan, needs, brings, bringsId, available
	PlanNowhere          Reason = "plan_nowhere"           // user, product, plan, needs
	NotAcknowledged      Reason = "not_acknowledged"       // users, services
	UndoTooLate          Reason = "undo_too_late"          // until
	UndoneAlready        Reason = "undone_already"         // at
	NotUndoable          Reason = "not_undoable"           // removal
	PrincipalTaken       Reason = "principal_taken"        // user
	PrincipalMalformed   Reason = "principal_malformed"    // user
	NameMissing          Reason = "name_missing"           //
	TextTooLong          Reason = "text_too_long"          // given, maximum
	LocationMalformed    Reason = "location_malformed"     // given
	NoOwnClock           Reason = "no_own_clock"           //
	ClockBack            Reason = "clock_back"             // to, now
	ClockTooFar          Reason = "clock_too_far"          // to, latest
	NoRoles              Reason = "no_roles"               //
	KeyReused            Reason = "key_reused"             //
	KeyMalformed         Reason = "key_malformed"          // maximum
	RoleMissing          Reason = "role_missing"           // roles: why an ability is not allowed
	NothingAssigned      Reason = "nothing_assigned"       // why nothing can be removed
	NoneAvailable        Reason = "none_available"         // why nothing can be assigned
	NothingToRenew       Reason = "nothing_to_renew"       // why an active subscription is not renewed
	NotASandbox          Reason = "not_a_sandbox"          // why the clock cannot be moved
	NoActiveSubscription Reason = "no_active_subscription" // why no more can be bought in a pool
)
