package mail

import (
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"licensedesk/ent/db"
	"licensedesk/ent/db/alert"
	"licensedesk/graph"
)

// listed is how many alerts a mail lists; of more it tells the number.
const listed = 50

// kinds are what alerts warn of, the most urgent first.
var kinds = []alert.Kind{alert.KindCONFLICT_OPENED, alert.KindCONFLICT_DUE, alert.KindFREE_BELOW_THRESHOLD}

// plural is what follows a number: 1, and any other.
type plural [2]string

// words are everything that mails say in one language; what an alert says is graph's.
type words struct {
	locale string
	tag    language.Tag

	// The subject: of one alert, or of several.
	subjects                    map[alert.Kind]string
	needs, willNeed, days, free plural
	alerts                      plural
	counts                      map[alert.Kind]plural

	// The text, from its beginning to its end.
	sandbox                  string
	says                     string
	newAlerts, openConflicts plural
	headings, advice         map[alert.Kind]string
	more                     string
	others                   plural
	link, why                string
}

// count writes a number and its word.
func (w *words) count(n int, p plural) string {
	word := p[1]
	if n == 1 {
		word = p[0]
	}
	return message.NewPrinter(w.tag).Sprintf("%d ", n) + word
}

func (w *words) subject(l *letter) string {
	if len(l.alerts) == 1 {
		return w.subjectOf(l.alerts[0])
	}
	if l.first {
		return w.count(len(l.alerts), w.openConflicts)
	}
	var parts []string
	for _, kind := range kinds {
		if n := len(of(kind, l.alerts)); n > 0 {
			parts = append(parts, w.count(n, w.counts[kind]))
		}
	}
	return w.count(len(l.alerts), w.alerts) + ": " + strings.Join(parts, ", ")
}

func (w *words) subjectOf(a *db.Alert) string {
	days := 0
	if a.Days != nil {
		days = *a.Days
	}
	return strings.NewReplacer(
		"{product}", a.Edges.Product.Name, "{days}", w.count(days, w.days), "{free}", w.count(a.Free, w.free),
		"{needs}", w.count(a.Shortfall, w.needs), "{willNeed}", w.count(a.Shortfall, w.willNeed),
	).Replace(w.subjects[a.Kind])
}

// body is the text of a mail; link leads to where something can be done.
func (w *words) body(l *letter, link string) string {
	n := w.newAlerts
	if l.first {
		n = w.openConflicts
	}
	fill := strings.NewReplacer("{organization}", l.name, "{count}", w.count(len(l.alerts), n)).Replace
	var parts []string
	if l.sandbox {
		parts = append(parts, w.sandbox)
	}
	parts = append(parts, fill(w.says))
	shown := l.alerts[:min(len(l.alerts), listed)]
	for _, kind := range kinds {
		if some := of(kind, shown); len(some) > 0 {
			parts = append(parts, w.section(kind, some))
		}
	}
	if rest := len(l.alerts) - len(shown); rest > 0 {
		parts = append(parts, strings.Replace(w.more, "{count}", w.count(rest, w.others), 1))
	}
	return strings.Join(append(parts, w.link+"\n"+link, "-- \n"+fill(w.why)), "\n\n") + "\n"
}

// section lists the alerts of one kind, each with its day, and says what can be done.
func (w *words) section(kind alert.Kind, alerts []*db.Alert) string {
	lines := []string{w.headings[kind]}
	for _, a := range alerts {
		lines = append(lines, "* "+graph.AlertMessage(w.locale, a)+" ("+graph.DayIn(w.locale, a.RaisedAt)+")")
	}
	return strings.Join(append(lines, w.advice[kind]), "\n")
}

func of(kind alert.Kind, alerts []*db.Alert) []*db.Alert {
	var some []*db.Alert
	for _, a := range alerts {
		if a.Kind == kind {
			some = append(some, a)
		}
	}
	return some
}
