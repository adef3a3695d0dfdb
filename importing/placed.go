package importing

import (
	"errors"
	"strconv"

	"licensedesk/licensing"
)

// placed gives refusals of what stands in a file the form of its faults.
func placed(file string, err error) error {
	if _, already := errors.AsType[Faults](err); already {
		return err
	}
	refused, ok := errors.AsType[licensing.Refusals](err)
	if !ok {
		return err
	}
	var faults Faults
	for _, r := range refused {
		if r.Reason != licensing.FileSubscriptions {
			return err
		}
		facts := map[string]string{}
		for _, f := range r.Facts {
			facts[f.Name] = f.Value
		}
		line, _ := strconv.Atoi(facts["line"]) // written from a number
		faults = append(faults, Fault{
			File: file, Line: line, Name: facts["name"], Problem: strconv.Quote(facts["given"]) + " is ambiguous: it may mean " + facts["candidates"],
			Want: "import directory/subscriptions, which has ids, or let one subscription of the product be left", Reason: r.Reason, Facts: r.Facts[3:],
		})
	}
	return faults
}
