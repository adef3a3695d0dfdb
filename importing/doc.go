// Package importing brings files into LicenseDesk: the product catalog, whole organizations, and an
// organization's users and subscriptions as Microsoft tells them.
//
// Every import has three parts. PARSE reads rows and collects faults with file, line and column; PLAN
// compares them with what is stored; APPLY writes everything in one transaction, or nothing.
package importing
