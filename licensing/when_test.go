package licensing_test

import (
	"context"
	"slices"
	"strings"
	"time"

	"licensedesk/clock"
	"licensedesk/ent/db/organization"
	"licensedesk/ent/viewer"
	"licensedesk/id"
	"licensedesk/licensing"
	"licensedesk/term"
)

// command runs one line of a when section; dry asks what would happen.
type command func(ctx context.Context, w *world, l line, dry bool) (any, error)

// commands are the verbs of when sections.
var commands = map[string]command{
	"purchaseSubscription": func(ctx context.Context, w *world, l line, dry bool) (any, error) {
		return w.desk.Purchase(ctx, licensing.Purchase{
			ProductID: w.id(l.words[0]), TotalLicenses: number(l.words[1]), Term: term.Term(l.words[2]), AutoRenew: l.flag("autoRenew"), DryRun: dry, Key: l.options["key"],
		})
	},
	"buyLicenses": func(ctx context.Context, w *world, l line, dry bool) (any, error) {
		return w.desk.Buy(ctx, licensing.Buy{SubscriptionID: w.id(l.words[0]), TotalLicenses: number(l.words[1]), AtRenewal: l.flag("atRenewal"), DryRun: dry, ExpectedVersion: l.version(), Key: l.options["key"]})
	},
	"reduceLicenses": func(ctx context.Context, w *world, l line, dry bool) (any, error) {
		return w.desk.Reduce(ctx, licensing.Reduce{
			SubscriptionID: w.id(l.words[0]), TotalLicenses: number(l.words[1]), AtRenewal: l.flag("atRenewal"), AcceptConflict: l.flag("acceptConflict"), DryRun: dry, ExpectedVersion: l.version(), Key: l.options["key"],
		})
	},
	"renewSubscription": func(ctx context.Context, w *world, l line, dry bool) (any, error) {
		in := licensing.Renew{SubscriptionID: w.id(l.words[0]), DryRun: dry, ExpectedVersion: l.version(), Key: l.options["key"]}
		if l.options["total"] != "" {
			in.TotalLicenses = new(number(l.options["total"]))
		}
		if l.options["autoRenew"] != "" {
			in.AutoRenew = new(l.options["autoRenew"] == "on")
		}
		return w.desk.Renew(ctx, in)
	},
	"setAutoRenew": func(ctx context.Context, w *world, l line, _ bool) (any, error) {
		return w.desk.SetAutoRenew(ctx, licensing.SetAutoRenew{SubscriptionID: w.id(l.words[0]), AutoRenew: l.words[1] == "on", ExpectedVersion: l.version(), Key: l.options["key"]})
	},
	"assignLicenses": func(ctx context.Context, w *world, l line, dry bool) (any, error) {
		return w.desk.Assign(ctx, licensing.Assign{
			ProductID: w.id(l.words[0]), UserIDs: w.users(l.words[1:]), WaitIfNone: l.flag("waitIfNone"), DryRun: dry, ExpectedVersion: l.version(), Key: l.options["key"],
		})
	},
	"leaveWaitingList": func(ctx context.Context, w *world, l line, dry bool) (any, error) {
		return w.desk.LeaveWaitingList(ctx, licensing.LeaveWaitingList{ProductID: w.id(l.words[0]), UserIDs: w.users(l.words[1:]), DryRun: dry, Key: l.options["key"]})
	},
	"removeLicenses": func(ctx context.Context, w *world, l line, dry bool) (any, error) {
		return w.desk.Remove(ctx, licensing.Remove{
			ProductID: w.id(l.words[0]), UserIDs: w.users(l.words[1:]), AcknowledgeDataLoss: l.flag("acknowledgeDataLoss"), DryRun: dry, ExpectedVersion: l.version(), Key: l.options["key"],
		})
	},
	"undoRemoval": func(ctx context.Context, w *world, l line, dry bool) (any, error) {
		return w.desk.UndoRemoval(ctx, licensing.UndoRemoval{RemovalID: w.id(l.words[0]), DryRun: dry, Key: l.options["key"]})
	},
	// r1 = look Office BUY: an administrator looks at the resolutions of a product's conflict, and remembers one.
	"look": func(ctx context.Context, w *world, l line, _ bool) (any, error) {
		r := w.resolution(ctx, l)
		if r == nil {
			w.t.Fatalf("look: nothing is proposed by %v", l.words)
		}
		w.name(l.name, r.ID)
		return nil, nil //nolint:nilnil // there is nothing to tell
	},
	// resolveConflict Office BUY, or r1 in place of the kind.
	"resolveConflict": func(ctx context.Context, w *world, l line, dry bool) (any, error) {
		in := licensing.Resolve{ConflictID: w.conflictOf(l.words[0]), ResolutionID: w.id(l.words[1]), AcknowledgeDataLoss: l.flag("acknowledgeDataLoss"), DryRun: dry, Key: l.options["key"]}
		if r := w.resolution(ctx, l); r != nil {
			in.ResolutionID = r.ID
		}
		return w.desk.Resolve(ctx, in)
	},
	"createUser": func(ctx context.Context, w *world, l line, _ bool) (any, error) {
		in := licensing.CreateUser{
			UserPrincipalName: l.words[0] + "@contoso.example", DisplayName: l.words[0], UsageLocation: l.options["location"], WaitIfNone: l.flag("waitIfNone"), Key: l.options["key"],
		}
		for _, product := range l.list("products") {
			in.ProductIDs = append(in.ProductIDs, w.id(product))
		}
		return w.desk.CreateUser(ctx, in)
	},
	"updateUser": func(ctx context.Context, w *world, l line, _ bool) (any, error) {
		in := licensing.UpdateUser{UserID: w.id(l.words[0]), Key: l.options["key"]}
		if text := l.options["blocked"]; text != "" {
			in.SignInBlocked = new(text == "on")
		}
		for option, field := range map[string]**string{"location": &in.UsageLocation, "principal": &in.UserPrincipalName, "name": &in.DisplayName} {
			if text, given := l.options[option]; given {
				*field = &text
			}
		}
		return w.desk.UpdateUser(ctx, in)
	},
	"deleteUsers": func(ctx context.Context, w *world, l line, dry bool) (any, error) {
		return w.desk.DeleteUsers(ctx, licensing.DeleteUsers{UserIDs: w.users(l.words), DryRun: dry, Key: l.options["key"]})
	},
	"restoreUser": func(ctx context.Context, w *world, l line, _ bool) (any, error) {
		return w.desk.RestoreUser(ctx, licensing.RestoreUser{UserID: w.id(l.words[0]), Key: l.options["key"]})
	},
	// setAffectedOrder PRIORITY_LIST u2 u1.
	"setAffectedOrder": func(ctx context.Context, w *world, l line, _ bool) (any, error) {
		in := licensing.SetAffectedOrder{Order: organization.AffectedOrder(l.words[0]), Key: l.options["key"]}
		for _, name := range l.words[1:] {
			for _, one := range several(name) {
				in.PriorityList = append(in.PriorityList, one+"@contoso.example")
			}
		}
		return w.desk.SetAffectedOrder(ctx, in)
	},
	// createGroup Sales products=Office,Visio members=u1,u2..u4
	"createGroup": func(ctx context.Context, w *world, l line, dry bool) (any, error) {
		in := licensing.CreateGroup{Name: l.words[0], UserIDs: w.users(l.list("members")), DryRun: dry, Key: l.options["key"]}
		for _, product := range l.list("products") {
			in.ProductIDs = append(in.ProductIDs, w.id(product))
		}
		return w.desk.CreateGroup(ctx, in)
	},
	"updateGroup": func(ctx context.Context, w *world, l line, dry bool) (any, error) {
		return w.desk.UpdateGroup(ctx, licensing.UpdateGroup{GroupID: w.id(l.words[0]), Name: l.words[1], DryRun: dry, Key: l.options["key"]})
	},
	"deleteGroup": func(ctx context.Context, w *world, l line, dry bool) (any, error) {
		return w.desk.DeleteGroup(ctx, licensing.DeleteGroup{GroupID: w.id(l.words[0]), AcknowledgeDataLoss: l.flag("acknowledgeDataLoss"), DryRun: dry, Key: l.options["key"]})
	},
	"addGroupMembers": func(ctx context.Context, w *world, l line, dry bool) (any, error) {
		return w.desk.AddGroupMembers(ctx, licensing.AddGroupMembers{GroupID: w.id(l.words[0]), UserIDs: w.users(l.words[1:]), DryRun: dry, Key: l.options["key"]})
	},
	"removeGroupMembers": func(ctx context.Context, w *world, l line, dry bool) (any, error) {
		return w.desk.RemoveGroupMembers(ctx, licensing.RemoveGroupMembers{
			GroupID: w.id(l.words[0]), UserIDs: w.users(l.words[1:]), AcknowledgeDataLoss: l.flag("acknowledgeDataLoss"), DryRun: dry, Key: l.options["key"],
		})
	},
	"addGroupProducts": func(ctx context.Context, w *world, l line, dry bool) (any, error) {
		return w.desk.AddGroupProducts(ctx, licensing.AddGroupProducts{GroupID: w.id(l.words[0]), ProductIDs: w.users(l.words[1:]), DryRun: dry, Key: l.options["key"]})
	},
	"removeGroupProducts": func(ctx context.Context, w *world, l line, dry bool) (any, error) {
		return w.desk.RemoveGroupProducts(ctx, licensing.RemoveGroupProducts{
			GroupID: w.id(l.words[0]), ProductIDs: w.users(l.words[1:]), AcknowledgeDataLoss: l.flag("acknowledgeDataLoss"), DryRun: dry, Key: l.options["key"],
		})
	},
	// setPoolAlerts Office muted threshold=5: a pool's alerts, as a whole.
	"setPoolAlerts": func(ctx context.Context, w *world, l line, _ bool) (any, error) {
		in := licensing.SetPoolAlerts{PoolID: w.poolOf(l.words[0]), Muted: l.flag("muted"), ExpectedVersion: l.version(), Key: l.options["key"]}
		if l.options["threshold"] != "" {
			in.FreeThreshold = new(number(l.options["threshold"]))
		}
		return w.desk.SetPoolAlerts(ctx, in)
	},
	"importUsers": func(ctx context.Context, w *world, l line, dry bool) (any, error) {
		return w.desk.ImportUsers(ctx, licensing.ImportUsers{Source: "users.csv", DryRun: dry, Key: l.options["key"]}, exportOf(strings.Join(l.words, " "), w.foundUsers(l)))
	},
	"importSubscriptions": func(ctx context.Context, w *world, l line, dry bool) (any, error) {
		return w.desk.ImportSubscriptions(ctx, licensing.ImportSubscriptions{Source: "skus.json", DryRun: dry, Key: l.options["key"]}, func(context.Context) (licensing.FoundSubscriptions, error) {
			return licensing.FoundSubscriptions{Subscriptions: w.foundSubscriptions(l)}, nil
		})
	},
	"advanceClock": func(ctx context.Context, w *world, l line, _ bool) (any, error) {
		return w.desk.AdvanceClock(ctx, licensing.AdvanceClock{To: instant(l.words[0]), Key: l.options["key"]})
	},
	// realTime 2026-02-01: real time goes by, and the server's sweep comes by.
	"realTime": func(ctx context.Context, w *world, l line, _ bool) (any, error) {
		w.real.Set(instant(l.words[0]))
		return nil, w.desk.RunDue(ctx, w.org)
	},
	// realTimePasses 25h: real time goes by for keys; organizations with a clock of their own do not notice.
	"realTimePasses": func(_ context.Context, w *world, l line, _ bool) (any, error) {
		by, err := time.ParseDuration(l.words[0])
		w.real.Set(w.real.Now() + clock.Instant(by.Milliseconds()))
		return nil, err
	},
	// catalogPrice Office 120.00: the catalog's price changes.
	"catalogPrice": func(ctx context.Context, w *world, l line, _ bool) (any, error) {
		return nil, w.catalogPrice(ctx, w.id(l.words[0]), l.words[1])
	},
}

// poolOf is the id of a product's pool.
func (w *world) poolOf(product string) string {
	found, err := w.desk.PoolsOfProducts(w.owner(), []string{w.id(product)})
	w.must(err)
	if p := found[w.id(product)]; p != nil {
		return p.ID
	}
	return product
}

// dryRuns are the commands that can say what would happen.
var dryRuns = map[string]bool{
	"purchaseSubscription": true, "buyLicenses": true, "reduceLicenses": true, "renewSubscription": true,
	"assignLicenses": true, "leaveWaitingList": true, "removeLicenses": true, "undoRemoval": true, "deleteUsers": true, "resolveConflict": true,
	"createGroup": true, "updateGroup": true, "deleteGroup": true,
	"importUsers":     true,
	"addGroupMembers": true, "removeGroupMembers": true, "addGroupProducts": true, "removeGroupProducts": true,
}

// when runs the commands of a section and writes each answer below its command.
func (w *world) when(section string) string {
	var out strings.Builder
	for text := range strings.Lines(section) {
		if strings.HasPrefix(text, " ") { // the answer of an earlier run
			continue
		}
		out.WriteString(text)
		if l := parse(text); l.verb != "" {
			for answer := range strings.Lines(w.run(l)) {
				out.WriteString("    " + answer)
			}
		}
	}
	return out.String()
}

// run runs a command and tells its answer. Where it can be asked beforehand, the same is answered and nothing is left;
// what is refused leaves nothing either.
func (w *world) run(l line) string {
	w.t.Helper()
	do := commands[l.verb]
	if do == nil {
		w.t.Fatalf("when: what is %q?", l.verb)
	}
	role := viewer.Owner
	if l.options["as"] != "" {
		role = viewer.Role(l.options["as"])
	}
	before, foreseen := w.dump(), ""
	asked := dryRuns[l.verb] && l.options["key"] == ""
	if asked {
		foreseen = w.tell(do(w.as(role), w, l, true))
		w.unchanged(l, "a dry run", before)
	}
	answer, err := do(w.as(role), w, l, false)
	if err != nil {
		w.unchanged(l, "a refusal", before)
	} else {
		w.nameAnswer(l, answer)
	}
	told := w.tell(answer, err)
	if asked && foreseen != told {
		w.t.Errorf("%s %v: the dry run said\n%sand then came\n%s", l.verb, l.words, foreseen, told)
	}
	return told
}

// do runs the commands of a story that is told elsewhere; none is refused.
func (w *world) do(story string) {
	w.t.Helper()
	for text := range strings.Lines(story) {
		if l := parse(text); l.verb != "" {
			answer, err := commands[l.verb](w.owner(), w, l, false)
			w.must(err)
			w.nameAnswer(l, answer)
		}
	}
}

// nameAnswer gives what a command made the name that the line says.
func (w *world) nameAnswer(l line, answer any) {
	switch a := answer.(type) {
	case *licensing.SubscriptionChange:
		w.name(l.name, a.Subscription.ID)
	case *licensing.Removed:
		if a.Removal != nil {
			w.name(l.name, a.Removal.ID)
		}
	case *licensing.GroupChange:
		if l.verb == "createGroup" {
			w.name(l.words[0], a.Group.ID)
		}
		if a.Removal != nil {
			w.name(l.name, a.Removal.ID)
		}
	case *licensing.Resolved:
		switch {
		case a.Removal != nil:
			w.name(l.name, a.Removal.ID)
		case a.Subscription != nil:
			w.name(l.name, a.Subscription.ID)
		}
	case *licensing.CreatedUser:
		w.name(l.words[0], a.User.ID)
	case *licensing.UsersImport:
		for _, u := range a.Users {
			w.name(u.DisplayName, u.UserID)
		}
		w.nameRemovals(l.name, a)
	}
}

// nameRemovals gives the removals of an import, one a product, the name that the line says and those that follow: r3, r4.
func (w *world) nameRemovals(name string, a *licensing.UsersImport) {
	var removals []string
	for _, of := range a.Licenses {
		if of.Removal != nil {
			removals = append(removals, of.Removal.ID)
		}
	}
	slices.Sort(removals)
	for i, removal := range removals {
		if name != "" {
			w.name(removalName(number(strings.TrimPrefix(name, "r"))-1+i), removal)
		}
	}
}

func (w *world) catalogPrice(ctx context.Context, product, price string) error {
	tx, err := w.store.Begin(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	b := builder{world: w, tx: tx}
	if err := tx.QueryRowContext(ctx, "SELECT currency FROM organizations WHERE id = $1", w.org).Scan(&b.currency); err != nil {
		return err
	}
	b.write("DELETE FROM product_prices WHERE product_id = $1", product)
	if price != "none" {
		b.write("INSERT INTO product_prices (id, product_id, currency, price_minor) VALUES ($1, $2, $3, $4)", id.New("prc"), product, b.currency, b.minor(price))
	}
	return tx.Commit()
}

// unchanged checks that a command left no trace. The answer that a key keeps is none.
func (w *world) unchanged(l line, what, before string) {
	w.t.Helper()
	if after := w.dump(); after != before {
		w.t.Errorf("%s of %s %v left a trace:\n%s", what, l.verb, l.words, difference(before, after))
	}
}
