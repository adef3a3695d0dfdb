package mail

import (
	"golang.org/x/text/language"

	"licensedesk/ent/db/alert"
)

// The languages of mails.
var languages = map[string]*words{"en": &english, "da": &danish}

var english = words{
	locale: "en", tag: language.English,
	subjects: map[alert.Kind]string{
		alert.KindCONFLICT_OPENED:      "License conflict: {product}, {needs}",
		alert.KindCONFLICT_DUE:         "License conflict in {days}: {product}, {willNeed}",
		alert.KindFREE_BELOW_THRESHOLD: "Few licenses left: {product}, {free}",
	},
	needs:    plural{"user needs a valid license", "users need a valid license"},
	willNeed: plural{"user will need a valid license", "users will need a valid license"},
	days:     plural{"day", "days"},
	free:     plural{"available", "available"},
	alerts:   plural{"license alert", "license alerts"},
	counts: map[alert.Kind]plural{
		alert.KindCONFLICT_OPENED:      {"conflict", "conflicts"},
		alert.KindCONFLICT_DUE:         {"conflict ahead", "conflicts ahead"},
		alert.KindFREE_BELOW_THRESHOLD: {"low on licenses", "low on licenses"},
	},
	sandbox:       "This is a sandbox: nothing of it is real.",
	says:          "{organization} has {count}.",
	newAlerts:     plural{"new license alert", "new license alerts"},
	openConflicts: plural{"open license conflict", "open license conflicts"},
	headings: map[alert.Kind]string{
		alert.KindCONFLICT_OPENED:      "Conflicts",
		alert.KindCONFLICT_DUE:         "Conflicts ahead",
		alert.KindFREE_BELOW_THRESHOLD: "Few licenses left",
	},
	advice: map[alert.Kind]string{
		alert.KindCONFLICT_OPENED:      "Renew or buy licenses, or take them from users who can do without. LicenseDesk proposes ways, and what each costs.",
		alert.KindCONFLICT_DUE:         "Turn on automatic renewal, buy more in time, or take licenses from users who can do without.",
		alert.KindFREE_BELOW_THRESHOLD: "Buy more before somebody has to wait, or take licenses from users who can do without.",
	},
	more:   "And {count}.",
	others: plural{"more", "more"},
	link:   "See them, and what you can do:",
	why: "You get this mail because you may set the alerts of {organization}: you are an owner, a billing administrator or a " +
		"license administrator. To get no more about a product, mute its alerts under Licenses.",
}

var danish = words{
	locale: "da", tag: language.Danish,
	subjects: map[alert.Kind]string{
		alert.KindCONFLICT_OPENED:      "Licenskonflikt: {product}, {needs}",
		alert.KindCONFLICT_DUE:         "Licenskonflikt om {days}: {product}, {willNeed}",
		alert.KindFREE_BELOW_THRESHOLD: "Få licenser tilbage: {product}, {free}",
	},
	needs:    plural{"bruger mangler en gyldig licens", "brugere mangler en gyldig licens"},
	willNeed: plural{"bruger vil mangle en gyldig licens", "brugere vil mangle en gyldig licens"},
	days:     plural{"dag", "dage"},
	free:     plural{"ledig", "ledige"},
	alerts:   plural{"licensadvarsel", "licensadvarsler"},
	counts: map[alert.Kind]plural{
		alert.KindCONFLICT_OPENED:      {"konflikt", "konflikter"},
		alert.KindCONFLICT_DUE:         {"konflikt på vej", "konflikter på vej"},
		alert.KindFREE_BELOW_THRESHOLD: {"med få licenser tilbage", "med få licenser tilbage"},
	},
	sandbox:       "Dette er en sandkasse: intet i den er virkeligt.",
	says:          "{organization} har {count}.",
	newAlerts:     plural{"ny licensadvarsel", "nye licensadvarsler"},
	openConflicts: plural{"åben licenskonflikt", "åbne licenskonflikter"},
	headings: map[alert.Kind]string{
		alert.KindCONFLICT_OPENED:      "Konflikter",
		alert.KindCONFLICT_DUE:         "Konflikter på vej",
		alert.KindFREE_BELOW_THRESHOLD: "Få licenser tilbage",
	},
	advice: map[alert.Kind]string{
		alert.KindCONFLICT_OPENED:      "Forny eller køb licenser, eller fjern dem fra brugere, der kan undvære dem. LicenseDesk foreslår, hvordan, og viser, hvad det koster.",
		alert.KindCONFLICT_DUE:         "Slå automatisk fornyelse til, køb flere i tide, eller fjern licenser fra brugere, der kan undvære dem.",
		alert.KindFREE_BELOW_THRESHOLD: "Køb flere, før nogen kommer til at vente, eller fjern licenser fra brugere, der kan undvære dem.",
	},
	more:   "Og {count}.",
	others: plural{"mere", "flere"},
	link:   "Se dem, og hvad du kan gøre:",
	why: "Du får denne mail, fordi du kan indstille advarslerne i {organization}: du er ejer, faktureringsadministrator eller " +
		"licensadministrator. Slå advarslerne om et produkt fra under Licenser, hvis du ikke vil have flere om det.",
}
