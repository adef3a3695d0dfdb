package importing_test

import (
	"strings"
	"testing"

	"licensedesk/clock"
	"licensedesk/ent"
	"licensedesk/ent/enttest"
	"licensedesk/importing"
	"licensedesk/licensing"
)

const (
	microsoftHeader = "Product_Display_Name,String_Id,GUID,Service_Plan_Name,Service_Plan_Id,Service_Plans_Included_Friendly_Names\n"
	conferencing    = "Audio Conferencing,MCOMEETADV,0c266dff-15dd-4b49-8397-2bb16070ed52,MCOMEETADV,3e26ee1f-8a5f-4d52-aee2-b81ce45c8f40,Audio Conferencing\n"
	calls           = "Skype for Business Online (Plan 2),MCOSTANDARD,d42c793f-6c78-4f43-92ca-e8f6a02b035f,MCOSTANDARD,0feaeb32-d00e-4d66-bd5a-43b5b83db82c,Skype for Business Online (Plan 2)\n"
	sites           = "SharePoint (Plan 1),SHAREPOINTSTANDARD,1fc08a02-8b3d-43b9-831e-f76859e04e1a,SHAREPOINTSTANDARD,c7699d2e-19aa-44de-8edf-1736da088ca1,SharePoint (Plan 1)\n" +
		"SharePoint (Plan 2),SHAREPOINTENTERPRISE,a9732ec9-17d9-494c-a51c-d6b45b384dcb,SHAREPOINTENTERPRISE,5dbe027f-2339-4123-9542-606e4d348a72,SharePoint (Plan 2)\n"
	storedRules = `SELECT a.code || ' ' || r.kind || ' ' || b.code FROM plan_rules r JOIN service_plans a ON a.id = r.plan_id JOIN service_plans b ON b.id = r.other_id ORDER BY a.code, b.code`
)

func TestPlanRules(t *testing.T) {
	t.Parallel()

	t.Run("come with Microsoft's plans when they are new", func(t *testing.T) {
		t.Parallel()
		enttest.Stores(t, func(t *testing.T, s *ent.Store) {
			desk := licensing.New(s, clock.NewFixed(today), nil)
			importCatalog(t, desk, []byte(microsoftHeader+conferencing))
			want(t, s, "", storedRules)
			importCatalog(t, desk, []byte(microsoftHeader+conferencing+calls+sites))
			want(t, s, "MCOMEETADV NEEDS MCOSTANDARD; SHAREPOINTSTANDARD EXCLUDES SHAREPOINTENTERPRISE", storedRules)
			if again := importCatalog(t, desk, []byte(microsoftHeader+conferencing+calls+sites)); !again.Empty() {
				t.Errorf("the same again: %s", again.Summary())
			}
		})
	})

	t.Run("of the plans that a file names become those of the file, and stay when Microsoft's table comes again", func(t *testing.T) {
		t.Parallel()
		enttest.Stores(t, func(t *testing.T, s *ent.Store) {
			desk := licensing.New(s, clock.NewFixed(today), nil)
			table := []byte(microsoftHeader + conferencing + calls + sites)
			importCatalog(t, desk, table)
			changed := importCatalog(t, desk, []byte("plan,rule,other\nMCOMEETADV,,\nSHAREPOINTENTERPRISE,EXCLUDES,SHAREPOINTSTANDARD\n0feaeb32-d00e-4d66-bd5a-43b5b83db82c,NEEDS,SHAREPOINTENTERPRISE\n"))
			if got := changed.Summary(); !strings.Contains(got, "3 rules between service plans") || !strings.Contains(got, "rules between service plans: 1 added, 1 removed") {
				t.Errorf("got %s", got)
			}
			importCatalog(t, desk, table)
			want(t, s, "MCOSTANDARD NEEDS SHAREPOINTENTERPRISE; SHAREPOINTSTANDARD EXCLUDES SHAREPOINTENTERPRISE", storedRules)
		})
	})

	t.Run("that are wrong are refused with their lines", func(t *testing.T) {
		t.Parallel()
		for text, want := range map[string]string{
			"plan,rule\n":                                "rules.csv:1: missing in the header: other",
			"plan,rule,other\nA,HATES,B\n":               `rules.csv:2:2: rule: "HATES" is none of them; write one of EXCLUDES, NEEDS`,
			"plan,rule,other\nA,NEEDS,\n":                "rules.csv:2:3: other: the cell is empty",
			"plan,rule,other\nA,NEEDS,A\n":               "rules.csv:2:3: other: A is the plan itself",
			"plan,rule,other\nA,NEEDS,B\nB,EXCLUDES,A\n": "rules.csv:3:2: rule: line 2 has another rule for B and A",
		} {
			if _, err := importing.ReadCatalog("rules.csv", strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%q: got %v", text, err)
			}
		}
		catalog, err := importing.ReadCatalog("rules.csv", strings.NewReader("plan,rule,other\nMAIL,NEEDS,CHAT\nTWICE,NEEDS,MAIL\n"))
		if err != nil {
			t.Fatal(err)
		}
		stored := importing.Stored{}
		for id, plan := range map[string]importing.Plan{"pln_1": {Code: "MAIL"}, "pln_2": {GUID: guidA, Code: "TWICE"}, "pln_3": {GUID: guidB, Code: "TWICE"}} {
			stored.Plans = append(stored.Plans, importing.StoredPlan{ID: id, Plan: plan})
		}
		_, err = importing.Diff("rules.csv", catalog, stored, counting())
		for _, want := range []string{`rules.csv:2: other: there is no service plan "CHAT"`, `rules.csv:3: plan: "TWICE" is ambiguous: it names several service plans; write the plan's GUID`} {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("got %v, want %s", err, want)
			}
		}
	})
}
