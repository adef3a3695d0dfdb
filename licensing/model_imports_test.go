package licensing_test

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"pgregory.net/rapid"
)

// modelFound is a user of an export, with products.
type modelFound struct {
	user     string
	products []string
}

// drawExport draws an export of users who are not gone for good, or one that was imported before.
func (m *model) drawExport(rt *rapid.T) (text string, found []modelFound) {
	known := slices.DeleteFunc(sorted(m.files), func(text string) bool {
		return slices.ContainsFunc(readExport(text), func(f modelFound) bool { return m.purged[f.user] })
	})
	if len(known) > 0 && rapid.Bool().Draw(rt, "again") {
		text = rapid.SampledFrom(known).Draw(rt, "export")
		return text, readExport(text)
	}
	var words []string
	for _, u := range []string{"u1", "u2", "u3", "u4", "u5"} {
		products := rapid.SampledFrom([]string{"absent", "", "", "Office", "Suite", "Office+Suite"}).Draw(rt, "products of "+u)
		if products != "absent" && !m.purged[u] {
			words = append(words, u+":"+products)
		}
	}
	text = strings.Join(words, " ")
	return text, readExport(text)
}

func readExport(text string) (found []modelFound) {
	for word := range strings.FieldsSeq(text) {
		user, products, _ := strings.Cut(word, ":")
		found = append(found, modelFound{user, strings.FieldsFunc(products, func(r rune) bool { return r == '+' })})
	}
	return found
}

// importUsers brings users in line with an export, which takes only what was given before it was first imported.
func (m *model) importUsers(text string, found []modelFound) string {
	first, again := m.files[text]
	if !again {
		first = len(m.log)
		m.files[text] = first
	}
	gives, takes, back := map[string][]waits{}, map[string][]string{}, []string{}
	for _, f := range found {
		if m.gone[f.user] != nil {
			delete(m.gone, f.user)
			back = append(back, f.user)
		}
		for _, p := range modelProducts {
			listed, holds := slices.Contains(f.products, p), m.holds(f.user, p)
			switch {
			case listed && !holds:
				gives[p] = append(gives[p], waits{user: f.user, direct: true})
			case !listed && holds && !m.through(f.user, p) && m.holdingOf(f.user, p).given <= first:
				takes[p] = append(takes[p], f.user)
			}
		}
	}
	if len(back)+len(gives)+len(takes) == 0 {
		return ""
	}
	if len(back) > 0 {
		m.say("USER_RESTORED")
	}
	for _, p := range modelProducts {
		m.give(p, gives[p])
	}
	for _, p := range modelProducts {
		m.takeByImport(p, takes[p])
	}
	m.ask(back, modelProducts)
	m.say("IMPORTED")
	m.settle("IMPORTED", "IMPORTED")
	m.answerAsking()
	return ""
}

func (m *model) takeByImport(product string, users []string) {
	if len(users) == 0 {
		return
	}
	var took []taken
	for _, u := range users {
		took = append(took, taken{m.drop(product, u), product})
	}
	_, first := m.schedule(took, math.MaxInt64)
	m.removals = append(m.removals, &modelRemoval{took: took, until: first})
	m.say("LICENSES_REMOVED")
}

// removalName is how the model calls its nth removal, from 0.
func removalName(n int) string { return fmt.Sprintf("r%d", n+1) }
