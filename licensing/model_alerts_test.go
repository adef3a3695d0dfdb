package licensing_test

import (
	"maps"
	"math"
	"slices"
)

// modelOpening is a conflict that opened.
type modelOpening struct {
	product string
	at      int64
}

var modelWarnings = []int64{30, 14, 7, 1}

// nextWarning is when somebody might be warned next: some days before a term ends.
func (m *model) nextWarning() int64 {
	next := int64(math.MaxInt64)
	for _, s := range m.subs {
		for _, days := range modelWarnings {
			if at := s.end - days*modelDay; s.state == "ACTIVE" && at > m.now && !m.quiet {
				next = min(next, at)
			}
		}
	}
	return next
}

// warn warns of the conflicts that open in so many days when nobody acts: it lets the days pass in a copy.
func (m *model) warn() {
	if m.quiet {
		return
	}
	then := m.copy()
	then.advance(m.now + 30*modelDay)
	for _, o := range then.opened {
		if slices.Contains(modelWarnings, (o.at-m.now)/modelDay) && (o.at-m.now)%modelDay == 0 {
			m.say("ALERT_RAISED CONFLICT_DUE")
		}
	}
}

// copy is the same, and quiet.
func (m *model) copy() *model {
	c := newModel(m.now)
	c.quiet, c.serial = true, m.serial
	c.pending = slices.Clone(m.pending)
	maps.Copy(c.gone, m.gone)
	maps.Copy(c.purged, m.purged)
	for _, p := range modelProducts {
		c.held[p], c.waits[p] = slices.Clone(m.held[p]), slices.Clone(m.waits[p])
		if m.open[p] != nil {
			c.open[p] = &modelConflict{reason: m.open[p].reason, shortfall: m.open[p].shortfall, eased: slices.Clone(m.open[p].eased)}
		}
	}
	for name, g := range m.groups {
		c.groups[name] = &modelGroup{slices.Clone(g.members), slices.Clone(g.products)}
	}
	for _, s := range m.subs {
		same := *s
		same.charges = slices.Clone(s.charges)
		c.subs = append(c.subs, &same)
	}
	return c
}
