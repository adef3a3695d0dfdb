-- +goose Up
-- create "alert_mails" table
CREATE TABLE `alert_mails` (`organization_id` text NOT NULL, `id` text NOT NULL, `through` integer NULL, `claimed` integer NULL, `next_at` integer NULL, `attempts` integer NOT NULL DEFAULT (0), `member_id` text NOT NULL, PRIMARY KEY (`organization_id`, `id`), CONSTRAINT `alert_mails_members_member` FOREIGN KEY (`organization_id`, `member_id`) REFERENCES `members` (`organization_id`, `id`) ON DELETE NO ACTION, CONSTRAINT `alert_mail_range` CHECK (coalesce(through, claimed) is not null and (claimed > through) is not false), CONSTRAINT `alert_mail_turn` CHECK (((claimed is null) = (next_at is null)) and (claimed is not null or attempts = 0)));
-- create index "alertmail_organization_id_member_id" to table: "alert_mails"
CREATE UNIQUE INDEX `alertmail_organization_id_member_id` ON `alert_mails` (`organization_id`, `member_id`);
