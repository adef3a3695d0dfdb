package importing

import (
	"slices"
	"strings"
)

// plus joins the products of a users export; some products have it in their names.
const plus = "+"

// productNames find the products that texts of people mean: by name, part number or GUID, whatever the case and blanks.
type productNames struct {
	byName  map[string][]StoredProduct
	longest int // how many parts a name has at most, parted by plus
}

// unclear is a text that means no product, or several.
type unclear struct {
	text       string
	candidates []string // none: unknown
}

func namesOf(products []StoredProduct) productNames {
	n := productNames{byName: map[string][]StoredProduct{}}
	for _, p := range products {
		for _, text := range []string{p.Name, p.PartNumber, p.GUID} {
			parts := partsOf(text)
			n.longest = max(n.longest, len(parts))
			n.add(key(parts), p)
		}
	}
	return n
}

func (n productNames) add(name string, p StoredProduct) {
	same := func(other StoredProduct) bool { return other.ID == p.ID }
	if name != "" && !slices.ContainsFunc(n.byName[name], same) {
		n.byName[name] = append(n.byName[name], p)
	}
}

// key is how the parts of a name are compared.
func key(parts []string) string { return strings.ToLower(strings.Join(parts, plus)) }

// partsOf are the parts of a text between pluses, with single blanks.
func partsOf(text string) []string {
	var parts []string
	for part := range strings.SplitSeq(text, plus) {
		if part = plain(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

// list reads products joined by plus, and what of it is unclear. Of all ways to take the text apart into names of products
// exactly one must exist.
func (n productNames) list(text string) (ids []string, bad []unclear) {
	parts := partsOf(text)
	ways := n.waysFrom(parts)
	switch {
	case ways[0] == 0:
		return nil, []unclear{{text: n.firstUnknown(parts)}}
	case ways[0] > 1:
		return nil, []unclear{{text: plain(text), candidates: n.readings(parts, ways)}}
	}
	for i := 0; i < len(parts); {
		name, next := n.step(parts, ways, i, 0)
		if found := n.byName[name]; len(found) > 1 {
			bad = append(bad, unclear{text: found[0].Name, candidates: labels(found)})
		} else {
			ids = append(ids, found[0].ID)
		}
		i = next
	}
	return ids, bad
}

// waysFrom counts in how many ways the parts from each place on are names of products; 2 stands for more.
func (n productNames) waysFrom(parts []string) []int {
	ways := make([]int, len(parts)+1)
	ways[len(parts)] = 1
	for i := len(parts) - 1; i >= 0; i-- {
		for end := i + 1; end <= min(i+n.longest, len(parts)) && ways[i] < 2; end++ {
			if ways[end] > 0 && n.byName[key(parts[i:end])] != nil {
				ways[i] = min(ways[i]+ways[end], 2)
			}
		}
	}
	return ways
}

// step is the name at a place that leads to the end, leaving out the first so many, and the place after it.
func (n productNames) step(parts []string, ways []int, at, leave int) (name string, next int) {
	for end := at + 1; end <= min(at+n.longest, len(parts)); end++ {
		name = key(parts[at:end])
		if ways[end] == 0 || n.byName[name] == nil {
			continue
		}
		if leave == 0 {
			return name, end
		}
		leave--
	}
	return "", len(parts)
}

// readings are two ways to read a text that has several: with the shorter name, and with the longer, where they part.
func (n productNames) readings(parts []string, ways []int) []string {
	fork := 0
	for {
		if name, _ := n.step(parts, ways, fork, 1); name != "" {
			break
		}
		_, fork = n.step(parts, ways, fork, 0)
	}
	return []string{n.reading(parts, ways, fork, 0), n.reading(parts, ways, fork, 1)}
}

// reading names the products from a place on, taking there the name after the first so many.
func (n productNames) reading(parts []string, ways []int, at, leave int) string {
	var names []string
	for at < len(parts) {
		name, next := n.step(parts, ways, at, leave)
		leave, at = 0, next
		names = append(names, n.byName[name][0].Name)
	}
	return strings.Join(names, " and ")
}

// firstUnknown is the part at which reading from the left ends.
func (n productNames) firstUnknown(parts []string) string {
	reached := make([]bool, len(parts)+1)
	reached[0] = true
	last := 0
	for i := range parts {
		for end := i + 1; reached[i] && end <= min(i+n.longest, len(parts)); end++ {
			if n.byName[key(parts[i:end])] != nil {
				reached[end] = true
				last = max(last, end)
			}
		}
	}
	return parts[min(last, len(parts)-1)]
}

// labels tell products of one name apart.
func labels(products []StoredProduct) []string {
	texts := make([]string, len(products))
	for i, p := range products {
		texts[i] = p.PartNumber
		if p.GUID != "" {
			texts[i] += " (" + p.GUID + ")"
		}
	}
	return texts
}
