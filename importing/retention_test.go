package importing_test

import (
	"testing"

	"licensedesk/importing"
)

func TestRetentionDays(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		days  int
		plans [][2]string
	}{
		"mail is kept 30 days": {30, [][2]string{
			{"EXCHANGE_S_ENTERPRISE", "Exchange Online (Plan 2)"},
			{"EXCHANGE_S_DESKLESS", "Exchange Online Kiosk"},
			{"EOP_ENTERPRISE", "Exchange Online Protection"},
		}},
		"files are kept 93 days": {93, [][2]string{
			{"SHAREPOINTENTERPRISE", "SharePoint (Plan 2)"},
			{"SharePoint Plan 1G", "SharePoint Plan 1G"},
			{"ONEDRIVE_BASIC", "OneDrive for Business (Basic)"},
			{"ONEDRIVELITE_IW", "Office for the web with OneDrive for business"},
			{"SPO_NEW", "SharePoint Online (Plan 9)"},
		}},
		"apps keep nothing": {0, [][2]string{
			{"OFFICESUBSCRIPTION", "Microsoft 365 Apps for enterprise"},
			{"OFFICESUBSCRIPTION_unattended", "Microsoft 365 Apps for Enterprise (Unattended)"},
			{"OFFICEMOBILE_SUBSCRIPTION", "Office Mobile Apps for Office 365"},
			{"OFFICE_BUSINESS", "Microsoft 365 Apps for business"},
			{"OFFICE_PROPLUS_DEVICE", "Microsoft 365 Apps for Enterprise (Device)"},
			{"SHAREPOINTWAC", "Office for the Web"},
			{"VISIO_CLIENT_SUBSCRIPTION", "Visio Desktop App"},
			{"PROJECT_CLIENT_SUBSCRIPTION", "Project Online Desktop Client"},
			{"APPS_NEW", "Microsoft 365 Apps for everybody"},
		}},
		"everything else is kept 30 days": {30, [][2]string{
			{"TEAMS1", "Microsoft Teams"},
			{"OFFICE_FORMS_PLAN_2", "Microsoft Forms (Plan 2)"},
			{"CDS_O365_E5_KM", "Common Data Service for SharePoint Syntex"},
			{"PROJECT_PROFESSIONAL", "Project P3"},
			{"VISIOONLINE", "Visio Web App"},
			{"", ""},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, p := range c.plans {
				if got := importing.RetentionDays(p[0], p[1]); got != c.days {
					t.Errorf("%s %s: got %d, want %d", p[0], p[1], got, c.days)
				}
			}
		})
	}
}
