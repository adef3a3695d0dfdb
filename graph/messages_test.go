package graph

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strings"
	"testing"

	"licensedesk/licensing"
)

// reasons are the reasons of licensing/reasons.go with the names of their facts, as the comments beside them say.
func reasons(t *testing.T) map[licensing.Reason][]string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../licensing/reasons.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	found := map[licensing.Reason][]string{}
	ast.Inspect(file, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok {
			value := spec.Values[0].(*ast.BasicLit).Value
			facts, _, _ := strings.Cut(spec.Comment.Text(), ":")
			found[licensing.Reason(strings.Trim(value, `"`))] = strings.Split(strings.TrimSpace(facts), ", ")
		}
		return true
	})
	return found
}

var slots = regexp.MustCompile(`\{(\w+)[^}]*\}`)

func TestMessages(t *testing.T) {
	t.Parallel()
	known := reasons(t)
	if len(known) < 40 {
		t.Fatalf("only %d reasons were found", len(known))
	}
	for locale, l := range languages {
		t.Run(locale+"_says_every_reason_with_its_facts_alone", func(t *testing.T) {
			t.Parallel()
			for reason, facts := range known {
				said := l.reasons[reason]
				if said.message == "" || said.fix == "" {
					t.Errorf("%s has no sentence, or no fix", reason)
				}
				for _, slot := range slots.FindAllStringSubmatch(said.message+said.fix, -1) {
					if !strings.Contains(strings.Join(facts, " "), slot[1]) {
						t.Errorf("%s names {%s}, but its facts are %v", reason, slot[1], facts)
					}
				}
			}
		})
		t.Run(locale+"_says_what_English_says", func(t *testing.T) {
			t.Parallel()
			same(t, l.codes, english.codes)
			same(t, l.details, english.details)
			same(t, l.names, english.names)
			same(t, l.sayings, english.sayings)
			for saying, text := range l.sayings {
				if got, want := slotsOf(text), slotsOf(english.sayings[saying]); got != want {
					t.Errorf("%s names %s, not %s", saying, got, want)
				}
			}
		})
	}
}

// slotsOf are the facts that a text names, in order of their names.
func slotsOf(text string) string {
	return strings.Join(slices.Sorted(slices.Values(slots.FindAllString(text, -1))), " ")
}

func same[K ~string](t *testing.T, a, b map[K]string) {
	t.Helper()
	for name := range b {
		if a[name] == "" {
			t.Errorf("%s is missing", name)
		}
	}
	if len(a) != len(b) {
		t.Errorf("%d texts, want %d", len(a), len(b))
	}
}

func TestSentences(t *testing.T) {
	t.Parallel()
	facts := []licensing.Fact{{Name: "n", Value: "1"}, {Name: "many", Value: "1234567"}, {Name: "at", Value: "2026-03-02T08:05:00Z"}, {Name: "roles", Value: "OWNER,READER"}}
	for _, c := range []struct {
		l          *language
		text, want string
	}{
		{&english, "{n} {n|user|users}, {many} {many|user|users}", "1 user, 1,234,567 users"},
		{&danish, "{n} {n|bruger|brugere}, {many} {many|bruger|brugere}", "1 bruger, 1.234.567 brugere"},
		{&english, "on {at}", "on 2 March 2026, 08:05 UTC"},
		{&danish, "den {at}", "den 2. marts 2026 kl. 08:05 UTC"},
		{&english, "{roles}", "owner or reader"},
		{&danish, "{roles}", "ejer eller læser"},
	} {
		if got := c.l.fill(c.text, facts); got != c.want {
			t.Errorf("%q becomes %q, want %q", c.text, got, c.want)
		}
	}
}
