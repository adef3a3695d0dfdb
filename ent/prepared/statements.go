package prepared

import (
	"container/list"
	"database/sql/driver"
	"errors"
)

// stmt is what both drivers' statements implement.
type stmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// statement is a kept one.
type statement struct {
	stmt

	query string
	busy  bool // rows of it are open: it cannot run again before they are closed
}

// statements keeps the most recently used ones.
type statements struct {
	most    int
	byQuery map[string]*list.Element
	recent  *list.List // the most recent in front
}

func newStatements(most int) *statements {
	return &statements{most: most, byQuery: map[string]*list.Element{}, recent: list.New()}
}

func (s *statements) get(query string) *statement {
	found, ok := s.byQuery[query]
	if !ok {
		return nil
	}
	s.recent.MoveToFront(found)
	return found.Value.(*statement)
}

func (s *statements) add(query string, prepared stmt) *statement {
	added := &statement{stmt: prepared, query: query}
	s.byQuery[query] = s.recent.PushFront(added)
	return added
}

// makeRoom for one more; false when each of them is in use.
func (s *statements) makeRoom() bool {
	if s.recent.Len() < s.most {
		return true
	}
	for e := s.recent.Back(); e != nil; e = e.Prev() {
		if old := e.Value.(*statement); !old.busy {
			s.drop(old.query)
			return true
		}
	}
	return false
}

// drop closes a statement. It is gone either way: a server that has lost it says so, or the connection is broken.
func (s *statements) drop(query string) {
	if found, ok := s.byQuery[query]; ok {
		_ = found.Value.(*statement).Close()
		s.recent.Remove(found)
		delete(s.byQuery, query)
	}
}

func (s *statements) close() error {
	var faults []error
	for e := s.recent.Front(); e != nil; e = e.Next() {
		faults = append(faults, e.Value.(*statement).Close())
	}
	clear(s.byQuery)
	s.recent.Init()
	return errors.Join(faults...)
}
