package importing

const (
	unknown   = -1
	ambiguous = -2
)

// matcher finds the stored thing that a file means: by GUID where there is one, else by its code.
type matcher struct {
	byGUID map[string]int
	byCode map[string][]int
	bare   map[string]int // stored without a GUID
	inFile map[string]int // how often the file has the code
}

func newMatcher(size int) *matcher {
	return &matcher{byGUID: make(map[string]int, size), byCode: make(map[string][]int, size), bare: map[string]int{}, inFile: map[string]int{}}
}

func (m *matcher) store(i int, guid, code string) {
	m.byCode[code] = append(m.byCode[code], i)
	if guid == "" {
		m.bare[code] = i
		return
	}
	m.byGUID[guid] = i
}

func (m *matcher) read(code string) { m.inFile[code]++ }

// match is the number of the stored thing, unknown for a new one, or ambiguous. A thing stored without a GUID
// gets that of the one thing in the file with its code.
func (m *matcher) match(guid, code string) int {
	same := m.byCode[code]
	switch {
	case guid == "" && len(same) > 1:
		return ambiguous
	case guid == "" && len(same) == 1:
		return same[0]
	case guid == "":
		return unknown
	}
	if i, ok := m.byGUID[guid]; ok {
		return i
	}
	if i, ok := m.bare[code]; ok && m.inFile[code] == 1 {
		return i
	}
	return unknown
}
