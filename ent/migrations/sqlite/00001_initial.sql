-- +goose Up
-- create "alerts" table
CREATE TABLE `alerts` (`organization_id` text NOT NULL, `id` text NOT NULL, `kind` text NOT NULL, `raised_at` integer NOT NULL, `due` integer NULL, `days` integer NULL, `shortfall` integer NOT NULL, `free` integer NOT NULL, `threshold` integer NULL, `seq` integer NOT NULL, `product_id` text NOT NULL, `pool_id` text NOT NULL, PRIMARY KEY (`organization_id`, `id`), CONSTRAINT `alerts_products_product` FOREIGN KEY (`product_id`) REFERENCES `products` (`id`) ON DELETE NO ACTION, CONSTRAINT `alerts_license_pools_pool` FOREIGN KEY (`organization_id`, `pool_id`) REFERENCES `license_pools` (`organization_id`, `id`) ON DELETE NO ACTION, CONSTRAINT `alert_due` CHECK (((kind = 'CONFLICT_DUE') = (due is not null)) and ((due is null) = (days is null))), CONSTRAINT `alert_threshold` CHECK ((kind = 'FREE_BELOW_THRESHOLD') = (threshold is not null)));
-- create index "alert_organization_id_seq" to table: "alerts"
CREATE UNIQUE INDEX `alert_organization_id_seq` ON `alerts` (`organization_id`, `seq`);
-- create index "one_alert_a_day" to table: "alerts"
CREATE UNIQUE INDEX `one_alert_a_day` ON `alerts` (`organization_id`, `pool_id`, `due`, `days`) WHERE due IS NOT NULL;
-- create "api_tokens" table
CREATE TABLE `api_tokens` (`organization_id` text NOT NULL, `id` text NOT NULL, `name` text NOT NULL, `roles` text NOT NULL, `created_at` integer NOT NULL, `revoked_at` integer NULL, PRIMARY KEY (`organization_id`, `id`));
-- create "charges" table
CREATE TABLE `charges` (`organization_id` text NOT NULL, `id` text NOT NULL, `kind` text NOT NULL, `amount_minor` integer NOT NULL, `currency` text NOT NULL, `period_start` integer NOT NULL, `period_end` integer NOT NULL, `at` integer NOT NULL, `licenses` integer NOT NULL, `price_minor` integer NOT NULL, `term_number` integer NOT NULL, `event_seq` integer NOT NULL, `credits_id` text NULL, `subscription_id` text NOT NULL, PRIMARY KEY (`organization_id`, `id`), CONSTRAINT `charges_license_subscriptions_license_subscription` FOREIGN KEY (`organization_id`, `subscription_id`) REFERENCES `license_subscriptions` (`organization_id`, `id`) ON DELETE NO ACTION, CONSTRAINT `charge_kind` CHECK (kind in ('PURCHASE','INCREASE','RENEWAL','CREDIT')), CONSTRAINT `charge_sign` CHECK ((kind = 'CREDIT') = (licenses < 0)));
-- create index "charge_organization_id_subscription_id_at" to table: "charges"
CREATE INDEX `charge_organization_id_subscription_id_at` ON `charges` (`organization_id`, `subscription_id`, `at`);
-- create index "one_charge_a_term" to table: "charges"
CREATE UNIQUE INDEX `one_charge_a_term` ON `charges` (`organization_id`, `subscription_id`, `term_number`) WHERE kind = 'PURCHASE' OR kind = 'RENEWAL';
-- create "conflicts" table
CREATE TABLE `conflicts` (`organization_id` text NOT NULL, `id` text NOT NULL, `reason` text NOT NULL, `shortfall` integer NOT NULL, `opened_at` integer NOT NULL, `resolved_at` integer NULL, `resolution` text NULL, `eased_by` text NOT NULL DEFAULT (''), `opened_seq` integer NOT NULL, `resolved_seq` integer NULL, `product_id` text NOT NULL, `pool_id` text NOT NULL, PRIMARY KEY (`organization_id`, `id`), CONSTRAINT `conflicts_products_product` FOREIGN KEY (`product_id`) REFERENCES `products` (`id`) ON DELETE NO ACTION, CONSTRAINT `conflicts_license_pools_pool` FOREIGN KEY (`organization_id`, `pool_id`) REFERENCES `license_pools` (`organization_id`, `id`) ON DELETE NO ACTION, CONSTRAINT `conflict_open` CHECK ((resolved_at is null) = (shortfall > 0)), CONSTRAINT `conflict_resolved` CHECK ((resolved_at is null) = (resolution is null)));
-- create index "one_open_conflict" to table: "conflicts"
CREATE UNIQUE INDEX `one_open_conflict` ON `conflicts` (`organization_id`, `pool_id`) WHERE resolved_at IS NULL;
-- create index "conflict_organization_id_opened_at" to table: "conflicts"
CREATE INDEX `conflict_organization_id_opened_at` ON `conflicts` (`organization_id`, `opened_at`);
-- create "credentials" table
CREATE TABLE `credentials` (`hash` text NOT NULL, `kind` text NOT NULL, `organization` text NOT NULL, `subject` text NOT NULL, `expires_at` integer NULL, `used_at` integer NULL, PRIMARY KEY (`hash`));
-- create "data_deletions" table
CREATE TABLE `data_deletions` (`organization_id` text NOT NULL, `id` text NOT NULL, `scheduled_at` integer NOT NULL, `due` integer NOT NULL, `cancelled_at` integer NULL, `done_at` integer NULL, `user_id` text NOT NULL, `plan_id` text NOT NULL, `removal_id` text NOT NULL, PRIMARY KEY (`organization_id`, `id`), CONSTRAINT `data_deletions_users_user` FOREIGN KEY (`organization_id`, `user_id`) REFERENCES `users` (`organization_id`, `id`) ON DELETE NO ACTION, CONSTRAINT `data_deletions_service_plans_plan` FOREIGN KEY (`plan_id`) REFERENCES `service_plans` (`id`) ON DELETE NO ACTION, CONSTRAINT `data_deletions_removals_removal` FOREIGN KEY (`organization_id`, `removal_id`) REFERENCES `removals` (`organization_id`, `id`) ON DELETE NO ACTION, CONSTRAINT `data_deletion_end` CHECK (cancelled_at is null or done_at is null));
-- create index "one_pending_deletion" to table: "data_deletions"
CREATE UNIQUE INDEX `one_pending_deletion` ON `data_deletions` (`organization_id`, `user_id`, `plan_id`) WHERE cancelled_at IS NULL AND done_at IS NULL;
-- create index "datadeletion_organization_id_user_id" to table: "data_deletions"
CREATE INDEX `datadeletion_organization_id_user_id` ON `data_deletions` (`organization_id`, `user_id`);
-- create index "datadeletion_organization_id_removal_id" to table: "data_deletions"
CREATE INDEX `datadeletion_organization_id_removal_id` ON `data_deletions` (`organization_id`, `removal_id`);
-- create index "datadeletion_organization_id_due" to table: "data_deletions"
CREATE INDEX `datadeletion_organization_id_due` ON `data_deletions` (`organization_id`, `due`) WHERE cancelled_at IS NULL AND done_at IS NULL;
-- create index "datadeletion_due" to table: "data_deletions"
CREATE INDEX `datadeletion_due` ON `data_deletions` (`due`) WHERE cancelled_at IS NULL AND done_at IS NULL;
-- create "events" table
CREATE TABLE `events` (`organization_id` text NOT NULL, `seq` integer NOT NULL, `at` integer NOT NULL, `kind` text NOT NULL, `actor_id` text NOT NULL, `actor` text NOT NULL, `conflict_id` text NULL, `subjects` text NOT NULL, `subject_count` integer NOT NULL, `facts` text NOT NULL, PRIMARY KEY (`organization_id`, `seq`));
-- create index "event_organization_id_kind_seq" to table: "events"
CREATE INDEX `event_organization_id_kind_seq` ON `events` (`organization_id`, `kind`, `seq`);
-- create index "event_organization_id_conflict_id_seq" to table: "events"
CREATE INDEX `event_organization_id_conflict_id_seq` ON `events` (`organization_id`, `conflict_id`, `seq`);
-- create "event_counters" table
CREATE TABLE `event_counters` (`organization_id` text NOT NULL, `seq` integer NOT NULL DEFAULT (0), `last_at` integer NOT NULL, `users` integer NOT NULL DEFAULT (0), PRIMARY KEY (`organization_id`));
-- create "groups" table
CREATE TABLE `groups` (`organization_id` text NOT NULL, `id` text NOT NULL, `name` text NOT NULL, `name_key` text NOT NULL, `member_count` integer NOT NULL DEFAULT (0), `created_at` integer NOT NULL, PRIMARY KEY (`organization_id`, `id`), CONSTRAINT `group_members` CHECK (member_count >= 0));
-- create index "group_organization_id_name_key" to table: "groups"
CREATE UNIQUE INDEX `group_organization_id_name_key` ON `groups` (`organization_id`, `name_key`);
-- create "group_members" table
CREATE TABLE `group_members` (`organization_id` text NOT NULL, `id` text NOT NULL, `added_at` integer NOT NULL, `group_id` text NOT NULL, `user_id` text NOT NULL, PRIMARY KEY (`organization_id`, `id`), CONSTRAINT `group_members_groups_group` FOREIGN KEY (`organization_id`, `group_id`) REFERENCES `groups` (`organization_id`, `id`) ON DELETE NO ACTION, CONSTRAINT `group_members_users_user` FOREIGN KEY (`organization_id`, `user_id`) REFERENCES `users` (`organization_id`, `id`) ON DELETE NO ACTION);
-- create index "groupmember_organization_id_group_id_user_id" to table: "group_members"
CREATE UNIQUE INDEX `groupmember_organization_id_group_id_user_id` ON `group_members` (`organization_id`, `group_id`, `user_id`);
-- create index "groupmember_organization_id_user_id_group_id" to table: "group_members"
CREATE INDEX `groupmember_organization_id_user_id_group_id` ON `group_members` (`organization_id`, `user_id`, `group_id`);
-- create "group_products" table
CREATE TABLE `group_products` (`organization_id` text NOT NULL, `id` text NOT NULL, `added_at` integer NOT NULL, `group_id` text NOT NULL, `product_id` text NOT NULL, PRIMARY KEY (`organization_id`, `id`), CONSTRAINT `group_products_groups_group` FOREIGN KEY (`organization_id`, `group_id`) REFERENCES `groups` (`organization_id`, `id`) ON DELETE NO ACTION, CONSTRAINT `group_products_products_product` FOREIGN KEY (`product_id`) REFERENCES `products` (`id`) ON DELETE NO ACTION);
-- create index "groupproduct_organization_id_group_id_product_id" to table: "group_products"
CREATE UNIQUE INDEX `groupproduct_organization_id_group_id_product_id` ON `group_products` (`organization_id`, `group_id`, `product_id`);
-- create index "groupproduct_organization_id_product_id_group_id" to table: "group_products"
CREATE INDEX `groupproduct_organization_id_product_id_group_id` ON `group_products` (`organization_id`, `product_id`, `group_id`);
-- create "idempotency_keys" table
CREATE TABLE `idempotency_keys` (`organization_id` text NOT NULL, `id` text NOT NULL, `request_hash` text NOT NULL, `response` text NOT NULL, `created_at` integer NOT NULL, PRIMARY KEY (`organization_id`, `id`));
-- create index "idempotencykey_created_at" to table: "idempotency_keys"
CREATE INDEX `idempotencykey_created_at` ON `idempotency_keys` (`created_at`);
-- create "license_assignments" table
CREATE TABLE `license_assignments` (`organization_id` text NOT NULL, `id` text NOT NULL, `assigned_at` integer NOT NULL, `assigned_seq` integer NOT NULL DEFAULT (1), `rank` integer NOT NULL DEFAULT (0), `direct` bool NOT NULL DEFAULT (true), `product_id` text NOT NULL, `user_id` text NOT NULL, PRIMARY KEY (`organization_id`, `id`), CONSTRAINT `license_assignments_products_product` FOREIGN KEY (`product_id`) REFERENCES `products` (`id`) ON DELETE NO ACTION, CONSTRAINT `license_assignments_users_user` FOREIGN KEY (`organization_id`, `user_id`) REFERENCES `users` (`organization_id`, `id`) ON DELETE NO ACTION);
-- create index "licenseassignment_organization_id_user_id_product_id" to table: "license_assignments"
CREATE UNIQUE INDEX `licenseassignment_organization_id_user_id_product_id` ON `license_assignments` (`organization_id`, `user_id`, `product_id`);
-- create index "license_assignment_age" to table: "license_assignments"
CREATE INDEX `license_assignment_age` ON `license_assignments` (`organization_id`, `product_id`, `assigned_at` DESC, `id` DESC, `user_id`);
-- create index "license_assignment_rank" to table: "license_assignments"
CREATE INDEX `license_assignment_rank` ON `license_assignments` (`organization_id`, `product_id`, `rank`, `assigned_at`, `id`, `user_id`) WHERE rank <> 0;
-- create "license_pools" table
CREATE TABLE `license_pools` (`organization_id` text NOT NULL, `id` text NOT NULL, `valid` integer NOT NULL DEFAULT (0), `expired` integer NOT NULL DEFAULT (0), `suspended` integer NOT NULL DEFAULT (0), `assigned` integer NOT NULL DEFAULT (0), `available` integer NOT NULL DEFAULT (0), `shortfall` integer NOT NULL DEFAULT (0), `version` integer NOT NULL DEFAULT (1), `affected_from_rank` integer NULL, `alerts_muted` bool NOT NULL DEFAULT (false), `free_threshold` integer NULL, `alert_at` integer NULL, `affected_from_at` integer NULL, `affected_from_id` text NULL, `product_id` text NOT NULL, PRIMARY KEY (`organization_id`, `id`), CONSTRAINT `license_pools_products_product` FOREIGN KEY (`product_id`) REFERENCES `products` (`id`) ON DELETE NO ACTION, CONSTRAINT `license_pool_affected` CHECK ((shortfall = 0) = (affected_from_id is null)), CONSTRAINT `license_pool_available` CHECK (available = case when valid > assigned then valid - assigned else 0 end), CONSTRAINT `license_pool_counters` CHECK (valid >= 0 and expired >= 0 and suspended >= 0 and assigned >= 0), CONSTRAINT `license_pool_shortfall` CHECK (shortfall = case when assigned > valid then assigned - valid else 0 end));
-- create index "licensepool_organization_id_product_id" to table: "license_pools"
CREATE UNIQUE INDEX `licensepool_organization_id_product_id` ON `license_pools` (`organization_id`, `product_id`);
-- create index "licensepool_organization_id_alert_at" to table: "license_pools"
CREATE INDEX `licensepool_organization_id_alert_at` ON `license_pools` (`organization_id`, `alert_at`) WHERE alert_at IS NOT NULL;
-- create index "licensepool_alert_at" to table: "license_pools"
CREATE INDEX `licensepool_alert_at` ON `license_pools` (`alert_at`) WHERE alert_at IS NOT NULL;
-- create "license_subscriptions" table
CREATE TABLE `license_subscriptions` (`organization_id` text NOT NULL, `id` text NOT NULL, `total_licenses` integer NOT NULL, `scheduled_total` integer NULL, `state` text NOT NULL, `term` text NOT NULL, `term_start` integer NOT NULL, `term_end` integer NOT NULL, `anchor_day` integer NOT NULL, `term_number` integer NOT NULL DEFAULT (1), `paid_licenses` integer NOT NULL, `auto_renew` bool NOT NULL, `price_minor` integer NOT NULL, `price_currency` text NOT NULL, `due_at` integer NULL, `external_id` text NOT NULL DEFAULT (''), `version` integer NOT NULL DEFAULT (1), `created_at` integer NOT NULL, `product_id` text NOT NULL, PRIMARY KEY (`organization_id`, `id`), CONSTRAINT `license_subscriptions_products_product` FOREIGN KEY (`product_id`) REFERENCES `products` (`id`) ON DELETE NO ACTION, CONSTRAINT `license_subscription_due` CHECK ((due_at is null) = (state = 'DELETED')), CONSTRAINT `license_subscription_price` CHECK (price_minor >= 0), CONSTRAINT `license_subscription_scheduled` CHECK (scheduled_total is null or scheduled_total between 0 and 1000000 and state <> 'DELETED'), CONSTRAINT `license_subscription_state` CHECK (state in ('ACTIVE','EXPIRED','DISABLED','DELETED')), CONSTRAINT `license_subscription_term` CHECK (term_end > term_start), CONSTRAINT `license_subscription_total` CHECK (total_licenses between 0 and 1000000));
-- create index "licensesubscription_organization_id_product_id_state" to table: "license_subscriptions"
CREATE INDEX `licensesubscription_organization_id_product_id_state` ON `license_subscriptions` (`organization_id`, `product_id`, `state`);
-- create index "licensesubscription_organization_id_due_at" to table: "license_subscriptions"
CREATE INDEX `licensesubscription_organization_id_due_at` ON `license_subscriptions` (`organization_id`, `due_at`) WHERE due_at IS NOT NULL;
-- create index "licensesubscription_due_at" to table: "license_subscriptions"
CREATE INDEX `licensesubscription_due_at` ON `license_subscriptions` (`due_at`) WHERE due_at IS NOT NULL;
-- create "members" table
CREATE TABLE `members` (`organization_id` text NOT NULL, `id` text NOT NULL, `email` text NOT NULL, `email_key` text NOT NULL, `name` text NOT NULL, `roles` text NOT NULL, `locale` text NOT NULL DEFAULT (''), `created_at` integer NOT NULL, `removed_at` integer NULL, PRIMARY KEY (`organization_id`, `id`));
-- create index "one_member_an_address" to table: "members"
CREATE UNIQUE INDEX `one_member_an_address` ON `members` (`organization_id`, `email_key`) WHERE removed_at IS NULL;
-- create index "member_email_key" to table: "members"
CREATE INDEX `member_email_key` ON `members` (`email_key`);
-- create "organizations" table
CREATE TABLE `organizations` (`id` text NOT NULL, `slug` text NOT NULL, `name` text NOT NULL, `currency` text NOT NULL, `locale` text NOT NULL, `country` text NOT NULL, `support_region` text NOT NULL DEFAULT (''), `sandbox` bool NOT NULL DEFAULT (false), `affected_order` text NOT NULL DEFAULT ('NEWEST'), `clock_at` integer NULL, `created_at` integer NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `organization_clock` CHECK ((clock_at is not null) = sandbox), CONSTRAINT `organization_locale` CHECK (locale in ('en','da')));
-- create index "organizations_slug_key" to table: "organizations"
CREATE UNIQUE INDEX `organizations_slug_key` ON `organizations` (`slug`);
-- create "plan_rules" table
CREATE TABLE `plan_rules` (`id` text NOT NULL, `kind` text NOT NULL, `plan_id` text NOT NULL, `other_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `plan_rules_service_plans_plan` FOREIGN KEY (`plan_id`) REFERENCES `service_plans` (`id`) ON DELETE NO ACTION, CONSTRAINT `plan_rules_service_plans_other` FOREIGN KEY (`other_id`) REFERENCES `service_plans` (`id`) ON DELETE NO ACTION);
-- create index "planrule_plan_id_kind_other_id" to table: "plan_rules"
CREATE UNIQUE INDEX `planrule_plan_id_kind_other_id` ON `plan_rules` (`plan_id`, `kind`, `other_id`);
-- create index "planrule_other_id" to table: "plan_rules"
CREATE INDEX `planrule_other_id` ON `plan_rules` (`other_id`);
-- create "priority_users" table
CREATE TABLE `priority_users` (`organization_id` text NOT NULL, `id` text NOT NULL, `place` integer NOT NULL, `user_id` text NOT NULL, PRIMARY KEY (`organization_id`, `id`), CONSTRAINT `priority_users_users_user` FOREIGN KEY (`organization_id`, `user_id`) REFERENCES `users` (`organization_id`, `id`) ON DELETE NO ACTION);
-- create index "priorityuser_organization_id_user_id" to table: "priority_users"
CREATE UNIQUE INDEX `priorityuser_organization_id_user_id` ON `priority_users` (`organization_id`, `user_id`);
-- create "products" table
CREATE TABLE `products` (`id` text NOT NULL, `identity` text NOT NULL, `guid` text NOT NULL DEFAULT (''), `part_number` text NOT NULL, `name` text NOT NULL, PRIMARY KEY (`id`));
-- create index "products_identity_key" to table: "products"
CREATE UNIQUE INDEX `products_identity_key` ON `products` (`identity`);
-- create index "product_part_number" to table: "products"
CREATE INDEX `product_part_number` ON `products` (`part_number`);
-- create index "product_name" to table: "products"
CREATE INDEX `product_name` ON `products` (`name`);
-- create "product_plans" table
CREATE TABLE `product_plans` (`id` text NOT NULL, `product_id` text NOT NULL, `plan_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `product_plans_products_product` FOREIGN KEY (`product_id`) REFERENCES `products` (`id`) ON DELETE NO ACTION, CONSTRAINT `product_plans_service_plans_plan` FOREIGN KEY (`plan_id`) REFERENCES `service_plans` (`id`) ON DELETE NO ACTION);
-- create index "productplan_product_id_plan_id" to table: "product_plans"
CREATE UNIQUE INDEX `productplan_product_id_plan_id` ON `product_plans` (`product_id`, `plan_id`);
-- create index "productplan_plan_id_product_id" to table: "product_plans"
CREATE INDEX `productplan_plan_id_product_id` ON `product_plans` (`plan_id`, `product_id`);
-- create "product_prices" table
CREATE TABLE `product_prices` (`id` text NOT NULL, `currency` text NOT NULL, `price_minor` integer NOT NULL, `product_id` text NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `product_prices_products_product` FOREIGN KEY (`product_id`) REFERENCES `products` (`id`) ON DELETE NO ACTION, CONSTRAINT `product_price` CHECK (price_minor >= 0));
-- create index "productprice_product_id_currency" to table: "product_prices"
CREATE UNIQUE INDEX `productprice_product_id_currency` ON `product_prices` (`product_id`, `currency`);
-- create "removals" table
CREATE TABLE `removals` (`organization_id` text NOT NULL, `id` text NOT NULL, `cause` text NOT NULL, `removed_at` integer NOT NULL, `removed_count` integer NOT NULL, `undoable_until` integer NULL, `undone_at` integer NULL, `event_seq` integer NOT NULL DEFAULT (0), PRIMARY KEY (`organization_id`, `id`));
-- create "removed_assignments" table
CREATE TABLE `removed_assignments` (`organization_id` text NOT NULL, `id` text NOT NULL, `assignment_id` text NOT NULL, `assigned_at` integer NOT NULL, `assigned_seq` integer NOT NULL DEFAULT (1), `restored_seq` integer NULL, `direct` bool NOT NULL DEFAULT (true), `removal_id` text NOT NULL, `user_id` text NOT NULL, `product_id` text NOT NULL, PRIMARY KEY (`organization_id`, `id`), CONSTRAINT `removed_assignments_removals_removal` FOREIGN KEY (`organization_id`, `removal_id`) REFERENCES `removals` (`organization_id`, `id`) ON DELETE NO ACTION, CONSTRAINT `removed_assignments_users_user` FOREIGN KEY (`organization_id`, `user_id`) REFERENCES `users` (`organization_id`, `id`) ON DELETE NO ACTION, CONSTRAINT `removed_assignments_products_product` FOREIGN KEY (`product_id`) REFERENCES `products` (`id`) ON DELETE NO ACTION);
-- create index "removedassignment_organization_id_removal_id_user_id_product_id" to table: "removed_assignments"
CREATE UNIQUE INDEX `removedassignment_organization_id_removal_id_user_id_product_id` ON `removed_assignments` (`organization_id`, `removal_id`, `user_id`, `product_id`);
-- create index "removedassignment_organization_id_user_id" to table: "removed_assignments"
CREATE INDEX `removedassignment_organization_id_user_id` ON `removed_assignments` (`organization_id`, `user_id`);
-- create "service_plans" table
CREATE TABLE `service_plans` (`id` text NOT NULL, `identity` text NOT NULL, `guid` text NOT NULL DEFAULT (''), `code` text NOT NULL, `name` text NOT NULL, `retention_days` integer NOT NULL DEFAULT (30), PRIMARY KEY (`id`), CONSTRAINT `service_plan_retention` CHECK (retention_days between 0 and 3650));
-- create index "service_plans_identity_key" to table: "service_plans"
CREATE UNIQUE INDEX `service_plans_identity_key` ON `service_plans` (`identity`);
-- create "sessions" table
CREATE TABLE `sessions` (`hash` text NOT NULL, `data` blob NOT NULL, `expires_at` integer NOT NULL, PRIMARY KEY (`hash`));
-- create index "session_expires_at" to table: "sessions"
CREATE INDEX `session_expires_at` ON `sessions` (`expires_at`);
-- create "uploads" table
CREATE TABLE `uploads` (`organization_id` text NOT NULL, `id` text NOT NULL, `media_type` text NOT NULL, `size` integer NULL, `created_at` integer NOT NULL, PRIMARY KEY (`organization_id`, `id`));
-- create index "upload_created_at" to table: "uploads"
CREATE INDEX `upload_created_at` ON `uploads` (`created_at`);
-- create "upload_parts" table
CREATE TABLE `upload_parts` (`organization_id` text NOT NULL, `id` text NOT NULL, `number` integer NOT NULL, `data` blob NOT NULL, `upload_id` text NOT NULL, PRIMARY KEY (`organization_id`, `id`), CONSTRAINT `upload_parts_uploads_upload` FOREIGN KEY (`organization_id`, `upload_id`) REFERENCES `uploads` (`organization_id`, `id`) ON DELETE NO ACTION);
-- create index "uploadpart_organization_id_upload_id_number" to table: "upload_parts"
CREATE UNIQUE INDEX `uploadpart_organization_id_upload_id_number` ON `upload_parts` (`organization_id`, `upload_id`, `number`);
-- create "users" table
CREATE TABLE `users` (`organization_id` text NOT NULL, `id` text NOT NULL, `user_principal_name` text NOT NULL, `user_principal_key` text NOT NULL, `display_name` text NOT NULL, `search_name` text NOT NULL, `usage_location` text NOT NULL DEFAULT (''), `department` text NOT NULL DEFAULT (''), `sign_in_blocked` bool NOT NULL DEFAULT (false), `last_active_on` integer NULL, `deleted_at` integer NULL, `purge_at` integer NULL, `created_at` integer NOT NULL, PRIMARY KEY (`organization_id`, `id`), CONSTRAINT `user_purge` CHECK ((deleted_at is null) = (purge_at is null)));
-- create index "one_living_principal" to table: "users"
CREATE UNIQUE INDEX `one_living_principal` ON `users` (`organization_id`, `user_principal_key`) WHERE deleted_at IS NULL;
-- create index "user_organization_id_display_name_id" to table: "users"
CREATE INDEX `user_organization_id_display_name_id` ON `users` (`organization_id`, `display_name`, `id`);
-- create index "user_organization_id_purge_at" to table: "users"
CREATE INDEX `user_organization_id_purge_at` ON `users` (`organization_id`, `purge_at`) WHERE purge_at IS NOT NULL;
-- create index "user_purge_at" to table: "users"
CREATE INDEX `user_purge_at` ON `users` (`purge_at`) WHERE purge_at IS NOT NULL;
-- create "waiting_users" table
CREATE TABLE `waiting_users` (`organization_id` text NOT NULL, `id` text NOT NULL, `asked_at` integer NOT NULL, `direct` bool NOT NULL DEFAULT (true), `product_id` text NOT NULL, `user_id` text NOT NULL, PRIMARY KEY (`organization_id`, `id`), CONSTRAINT `waiting_users_products_product` FOREIGN KEY (`product_id`) REFERENCES `products` (`id`) ON DELETE NO ACTION, CONSTRAINT `waiting_users_users_user` FOREIGN KEY (`organization_id`, `user_id`) REFERENCES `users` (`organization_id`, `id`) ON DELETE NO ACTION);
-- create index "waitinguser_organization_id_user_id_product_id" to table: "waiting_users"
CREATE UNIQUE INDEX `waitinguser_organization_id_user_id_product_id` ON `waiting_users` (`organization_id`, `user_id`, `product_id`);
-- create index "waitinguser_organization_id_product_id_asked_at_id" to table: "waiting_users"
CREATE INDEX `waitinguser_organization_id_product_id_asked_at_id` ON `waiting_users` (`organization_id`, `product_id`, `asked_at`, `id`);
