-- +goose Up
-- create "alert_mails" table
CREATE TABLE "alert_mails" ("organization_id" character varying NOT NULL, "id" character varying NOT NULL, "through" bigint NULL, "claimed" bigint NULL, "next_at" bigint NULL, "attempts" bigint NOT NULL DEFAULT 0, "member_id" character varying NOT NULL, PRIMARY KEY ("organization_id", "id"), CONSTRAINT "alert_mails_members_member" FOREIGN KEY ("organization_id", "member_id") REFERENCES "members" ("organization_id", "id") ON UPDATE NO ACTION ON DELETE NO ACTION, CONSTRAINT "alert_mail_range" CHECK ((COALESCE(through, claimed) IS NOT NULL) AND ((claimed > through) IS NOT FALSE)), CONSTRAINT "alert_mail_turn" CHECK (((claimed IS NULL) = (next_at IS NULL)) AND ((claimed IS NOT NULL) OR (attempts = 0))));
-- create index "alertmail_organization_id_member_id" to table: "alert_mails"
CREATE UNIQUE INDEX "alertmail_organization_id_member_id" ON "alert_mails" ("organization_id", "member_id");
