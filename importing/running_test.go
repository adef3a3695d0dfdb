package importing_test

import (
	"testing"

	"licensedesk/importing"
)

func TestRunning(t *testing.T) {
	t.Parallel()
	r := importing.NewRunning()
	if r.Of("a") != nil {
		t.Error("something runs")
	}
	progress, done := r.Follow("a")
	step := progress("importing", 10)
	step(3)
	step(4)
	if got := r.Of("a"); got == nil || *got != (importing.Stand{Read: 7, Size: 10}) || r.Of("b") != nil {
		t.Errorf("got %v", got)
	}
	done()
	if got := r.Of("a"); got != nil {
		t.Errorf("%v runs on", got)
	}
}
